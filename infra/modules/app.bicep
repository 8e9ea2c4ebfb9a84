// The function app on Flex Consumption. docs/azure.md says what each setting means; the names are the same here and there.
param name string
param location string
param tags object
param identityId string
param identityClientId string
param hostStorageName string
param packageContainerUrl string
param insightsConnectionString string
param taskHubName string

@description('Empty: orchestrations live in the host storage account.')
param schedulerEndpoint string

param vaultName string
param tablesUrl string
param blobsUrl string
param sending string
param publicUrl string
param communicationEndpoint string
param emailFrom string
param twilioAccountSid string
param twilioApiKeySid string
param smsFrom string
param alwaysReadyInstances int
param maximumInstances int

@description('The Entra application whose users open the console. Empty: the console asks for an operator key.')
param consoleClientId string

@description('For the object id of a group, the creditors its members see: group=creditor,creditor;group=*. Empty: everybody with a role sees all.')
param consoleCreditors string

var hostSettings = {
  AzureWebJobsStorage__accountName: hostStorageName
  AzureWebJobsStorage__credential: 'managedidentity'
  AzureWebJobsStorage__clientId: identityClientId
  APPLICATIONINSIGHTS_CONNECTION_STRING: insightsConnectionString
  APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${identityClientId};Authorization=AAD'
  AZURE_CLIENT_ID: identityClientId
  TASKHUB_NAME: taskHubName
}

var schedulerSettings = empty(schedulerEndpoint)
  ? {}
  : {
      DURABLE_TASK_SCHEDULER_CONNECTION_STRING: 'Endpoint=${schedulerEndpoint};Authentication=ManagedIdentity;ClientID=${identityClientId}'
    }

var dunningSettings = {
  DUNNING_SENDING: sending
  DUNNING_TABLES: tablesUrl
  DUNNING_BLOBS: blobsUrl
  DUNNING_ACS_ENDPOINT: communicationEndpoint
  DUNNING_EMAIL_FROM: emailFrom
  DUNNING_PUBLIC_URL: publicUrl
  DUNNING_KEY: '@Microsoft.KeyVault(VaultName=${vaultName};SecretName=dunning-key)'
  DUNNING_PORTAL_KEY: '@Microsoft.KeyVault(VaultName=${vaultName};SecretName=portal-key)'
  DUNNING_AUDIT_KEY: '@Microsoft.KeyVault(VaultName=${vaultName};SecretName=dunning-audit-key)'
}

var smsSettings = empty(twilioAccountSid)
  ? {}
  : {
      DUNNING_TWILIO_ACCOUNT_SID: twilioAccountSid
      DUNNING_TWILIO_AUTH_TOKEN: '@Microsoft.KeyVault(VaultName=${vaultName};SecretName=twilio-auth-token)'
      DUNNING_SMS_FROM: smsFrom
    }

var smsKeySettings = empty(twilioApiKeySid)
  ? {}
  : {
      DUNNING_TWILIO_API_KEY_SID: twilioApiKeySid
      DUNNING_TWILIO_API_KEY_SECRET: '@Microsoft.KeyVault(VaultName=${vaultName};SecretName=twilio-api-key-secret)'
    }

var consoleSettings = empty(consoleClientId)
  ? {}
  : {
      DUNNING_CONSOLE_SIGNIN: 'easyauth'
      DUNNING_CONSOLE_TENANT: tenant().tenantId
      DUNNING_CONSOLE_CREDITORS: consoleCreditors
    }

resource plan 'Microsoft.Web/serverfarms@2024-04-01' = {
  name: name
  location: location
  tags: tags
  kind: 'functionapp'
  sku: {
    tier: 'FlexConsumption'
    name: 'FC1'
  }
  properties: {
    reserved: true
  }
}

resource app 'Microsoft.Web/sites@2024-04-01' = {
  name: name
  location: location
  tags: tags
  kind: 'functionapp,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${identityId}': {} }
  }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    keyVaultReferenceIdentity: identityId
    siteConfig: {
      minTlsVersion: '1.2'
      appSettings: [
        for setting in items(union(hostSettings, schedulerSettings, dunningSettings, smsSettings, smsKeySettings, consoleSettings)): {
          name: setting.key
          value: setting.value
        }
      ]
    }
    functionAppConfig: {
      deployment: {
        storage: {
          type: 'blobContainer'
          value: packageContainerUrl
          authentication: {
            type: 'UserAssignedIdentity'
            userAssignedIdentityResourceId: identityId
          }
        }
      }
      scaleAndConcurrency: {
        maximumInstanceCount: maximumInstances
        instanceMemoryMB: 2048
        alwaysReady: alwaysReadyInstances > 0
          ? [
              {
                name: 'durable'
                instanceCount: alwaysReadyInstances
              }
            ]
          : []
      }
      runtime: {
        name: 'dotnet-isolated'
        version: '10.0'
      }
    }
  }
}

// Signs people in for /console. Nobody is kept out here: /api has keys, /p and /c have links, providers sign what they send, and the console itself sends whoever has not signed in to the
// login page. What this adds is that the X-MS-* headers are App Service's own: those of a request from outside are taken away, on every path.
resource signIn 'Microsoft.Web/sites/config@2024-04-01' = if (!empty(consoleClientId)) {
  parent: app
  name: 'authsettingsV2'
  properties: {
    platform: {
      enabled: true
      runtimeVersion: '~1'
    }
    globalValidation: {
      requireAuthentication: false
      unauthenticatedClientAction: 'AllowAnonymous'
    }
    identityProviders: {
      azureActiveDirectory: {
        enabled: true
        registration: {
          clientId: consoleClientId
          openIdIssuer: '${az.environment().authentication.loginEndpoint}${tenant().tenantId}/v2.0'
        }
        validation: {
          allowedAudiences: [consoleClientId, 'api://${consoleClientId}']
        }
      }
    }
    login: {
      tokenStore: {
        enabled: false
      }
      preserveUrlFragmentsForLogins: false
      allowedExternalRedirectUrls: []
    }
    httpSettings: {
      requireHttps: true
      routes: {
        apiPrefix: '/.auth'
      }
    }
  }
}

// Nobody publishes with a password.
resource noScmPassword 'Microsoft.Web/sites/basicPublishingCredentialsPolicies@2024-04-01' = {
  parent: app
  name: 'scm'
  properties: { allow: false }
}

resource noFtpPassword 'Microsoft.Web/sites/basicPublishingCredentialsPolicies@2024-04-01' = {
  parent: app
  name: 'ftp'
  properties: { allow: false }
}

output name string = app.name
output hostName string = app.properties.defaultHostName
