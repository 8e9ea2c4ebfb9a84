// Phase 1: everything except the Event Grid subscription, which needs the published app (events.bicep).
targetScope = 'resourceGroup'

@description('Part of every name, and the tag on every resource.')
@allowed(['dev', 'prod'])
param environment string

@description('First part of every name.')
@minLength(3)
@maxLength(8)
param name string = 'dunning'

param location string = resourceGroup().location

@description('Where orchestrations keep their history. Changing it later: see README.md.')
@allowed(['AzureStorage', 'DurableTaskScheduler'])
param durableBackend string

@description('off, redirect:<address> or live. What is not named here is off.')
param sending string = 'off'

@description('Where the outside world reaches the app, without a slash at the end. Empty: the address that Azure gives it.')
param publicUrl string = ''

@description('A domain of yours to send e-mail from. Empty: a domain of Azure, which takes ten messages an hour and is for trying only.')
param emailDomain string = ''

@description('True once the DNS records of emailDomain are verified; only then can it be linked.')
param emailDomainVerified bool = false

@description('What stands before the @ of the sender, on a domain of yours.')
param emailSender string = 'dunning'

@description('Where Communication Services keeps data at rest.')
param emailDataLocation string = 'Europe'

@description('Empty: no SMS.')
param twilioAccountSid string = ''

@description('Optional: the API key that signs requests instead of the auth token. Its secret goes to Key Vault.')
param twilioApiKeySid string = ''

@description('The number or alphanumeric sender of SMS, such as +33700000000.')
param smsFrom string = ''

@description('Client id of the Entra application whose users open the console. Empty: the console asks for an operator key.')
param consoleClientId string = ''

@description('Whose cases the members of a group see, by its object id: group=creditor,creditor;group=*. Empty: everybody with a role sees every creditor.')
param consoleCreditors string = ''

@description('Redundancy of the account that holds cases, documents and letters.')
@allowed(['Standard_LRS', 'Standard_ZRS', 'Standard_GRS', 'Standard_GZRS'])
param dataRedundancy string

@description('Redundancy of the account that holds the history of orchestrations, locks and the deployed package.')
@allowed(['Standard_LRS', 'Standard_ZRS'])
param hostRedundancy string

@description('Days during which a stored letter can be neither changed nor deleted; 0 is none. See README.md before setting it.')
@minValue(0)
@maxValue(3650)
param letterRetentionDays int = 0

@description('Instances kept warm for orchestrations and activities; each is paid by the hour.')
@minValue(0)
param alwaysReadyInstances int = 0

@minValue(40)
@maxValue(1000)
param maximumInstances int = 40

@minValue(30)
@maxValue(730)
param logRetentionDays int

@description('Log volume a day, in GB, at which collection stops until midnight. Alerts need logs: leave room.')
param logDailyCapGb int

@description('Who is told. Empty: nobody, and no alert nor budget is created.')
param alertEmail string = ''

@description('A month, in the currency of the subscription; 0 is no budget.')
@minValue(0)
param monthlyBudget int = 0

@description('First day of the month in which the budget was created, such as 2026-12-01. Azure refuses to change it afterwards.')
param budgetStart string = ''

@description('Keeps a deleted vault for 90 days, whoever asks. It can never be switched off again.')
param keyVaultPurgeProtection bool

var suffix = uniqueString(resourceGroup().id)
var fullName = '${name}-${environment}-${suffix}'
var taskHubName = '${name}${environment}'
var appUrl = empty(publicUrl) ? 'https://${fullName}.azurewebsites.net' : publicUrl
var tags = {
  product: 'dunning'
  environment: environment
}

module identity 'modules/identity.bicep' = {
  name: 'identity'
  params: {
    name: fullName
    location: location
    tags: tags
  }
}

module monitoring 'modules/monitoring.bicep' = {
  name: 'monitoring'
  params: {
    name: fullName
    location: location
    tags: tags
    principalId: identity.outputs.principalId
    logRetentionDays: logRetentionDays
    logDailyCapGb: logDailyCapGb
  }
}

module hostStorage 'modules/host-storage.bicep' = {
  name: 'host-storage'
  params: {
    name: take('${name}${environment}h${suffix}', 24)
    location: location
    tags: tags
    redundancy: hostRedundancy
    principalId: identity.outputs.principalId
    holdsOrchestrations: durableBackend == 'AzureStorage'
  }
}

module dataStorage 'modules/data-storage.bicep' = {
  name: 'data-storage'
  params: {
    name: take('${name}${environment}d${suffix}', 24)
    location: location
    tags: tags
    redundancy: dataRedundancy
    principalId: identity.outputs.principalId
    letterRetentionDays: letterRetentionDays
  }
}

module scheduler 'modules/scheduler.bicep' = if (durableBackend == 'DurableTaskScheduler') {
  name: 'scheduler'
  params: {
    name: fullName
    location: location
    tags: tags
    taskHubName: taskHubName
    principalId: identity.outputs.principalId
  }
}

module mail 'modules/mail.bicep' = {
  name: 'mail'
  params: {
    name: fullName
    tags: tags
    dataLocation: emailDataLocation
    domain: emailDomain
    domainVerified: emailDomainVerified
    sender: emailSender
    principalId: identity.outputs.principalId
  }
}

module vault 'modules/vault.bicep' = {
  name: 'vault'
  params: {
    name: take('${name}-${environment}-${suffix}', 24)
    location: location
    tags: tags
    purgeProtection: keyVaultPurgeProtection
    principalId: identity.outputs.principalId
    workspaceId: monitoring.outputs.workspaceId
  }
}

module app 'modules/app.bicep' = {
  name: 'app'
  params: {
    name: fullName
    location: location
    tags: tags
    identityId: identity.outputs.id
    identityClientId: identity.outputs.clientId
    hostStorageName: hostStorage.outputs.name
    packageContainerUrl: hostStorage.outputs.packageContainerUrl
    insightsConnectionString: monitoring.outputs.insightsConnectionString
    taskHubName: taskHubName
    schedulerEndpoint: durableBackend == 'DurableTaskScheduler' ? scheduler!.outputs.endpoint : ''
    vaultName: vault.outputs.name
    tablesUrl: dataStorage.outputs.tablesUrl
    blobsUrl: dataStorage.outputs.blobsUrl
    sending: sending
    publicUrl: appUrl
    communicationEndpoint: mail.outputs.endpoint
    emailFrom: mail.outputs.from
    twilioAccountSid: twilioAccountSid
    twilioApiKeySid: twilioApiKeySid
    smsFrom: smsFrom
    alwaysReadyInstances: alwaysReadyInstances
    maximumInstances: maximumInstances
    consoleClientId: consoleClientId
    consoleCreditors: consoleCreditors
  }
}

module alerts 'modules/alerts.bicep' = if (!empty(alertEmail)) {
  name: 'alerts'
  params: {
    name: fullName
    location: location
    tags: tags
    insightsId: monitoring.outputs.insightsId
    email: alertEmail
  }
}

module budget 'modules/budget.bicep' = if (!empty(alertEmail) && monthlyBudget > 0 && !empty(budgetStart)) {
  name: 'budget'
  params: {
    name: fullName
    amount: monthlyBudget
    start: budgetStart
    email: alertEmail
  }
}

output durableBackend string = durableBackend
output functionAppName string = app.outputs.name
output functionAppHostName string = app.outputs.hostName
output publicUrl string = appUrl
output communicationServiceName string = mail.outputs.communicationServiceName
output emailServiceName string = mail.outputs.emailServiceName
output emailFrom string = mail.outputs.from
output emailDnsRecords object = mail.outputs.dnsRecords
output vaultName string = vault.outputs.name
output dataStorageName string = dataStorage.outputs.name
output hostStorageName string = hostStorage.outputs.name
output insightsName string = monitoring.outputs.insightsName
output taskHubName string = taskHubName
