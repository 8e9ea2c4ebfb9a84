// What must not be lost: cases in tables; documents, long texts and letters in blobs.
param name string
param location string
param tags object
param redundancy string
param principalId string
param letterRetentionDays int

var tableDataContributor = '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3'
var blobDataContributor = 'ba92f5b4-2d11-453d-a403-e96b0029c9fe'
var blobDelegator = 'db58b8e5-c6ad-4a2a-8342-4190687cbf4a'

resource account 'Microsoft.Storage/storageAccounts@2023-05-01' = {
  name: name
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: { name: redundancy }
  properties: {
    accessTier: 'Hot'
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
    allowBlobPublicAccess: false
    allowSharedKeyAccess: false
    allowCrossTenantReplication: false
    defaultToOAuthAuthentication: true
  }
}

resource blobs 'Microsoft.Storage/storageAccounts/blobServices@2023-05-01' = {
  parent: account
  name: 'default'
  properties: {
    isVersioningEnabled: true
    deleteRetentionPolicy: { enabled: true, days: 30 }
    containerDeleteRetentionPolicy: { enabled: true, days: 30 }
  }
}

// Letters can be frozen one by one: their container supports immutability per version, which must be said when it is made.
resource letters 'Microsoft.Storage/storageAccounts/blobServices/containers@2023-05-01' = {
  parent: blobs
  name: 'letters'
  properties: {
    immutableStorageWithVersioning: { enabled: true }
  }
}

resource letterRetention 'Microsoft.Storage/storageAccounts/blobServices/containers/immutabilityPolicies@2023-05-01' = if (letterRetentionDays > 0) {
  parent: letters
  name: 'default'
  properties: {
    immutabilityPeriodSinceCreationInDays: letterRetentionDays
  }
}

resource documents 'Microsoft.Storage/storageAccounts/blobServices/containers@2023-05-01' = {
  parent: blobs
  name: 'documents'
}

resource texts 'Microsoft.Storage/storageAccounts/blobServices/containers@2023-05-01' = {
  parent: blobs
  name: 'texts'
}

// Whoever could change the cases could change what vouches for them: digests can be frozen.
resource digests 'Microsoft.Storage/storageAccounts/blobServices/containers@2023-05-01' = {
  parent: blobs
  name: 'digests'
  properties: {
    immutableStorageWithVersioning: { enabled: true }
  }
}

resource ageing 'Microsoft.Storage/storageAccounts/managementPolicies@2023-05-01' = {
  parent: account
  name: 'default'
  properties: {
    policy: {
      rules: [
        {
          // A case is quiet long before a letter is: both are read again mostly when a debt is contested.
          name: 'cool-what-is-old'
          enabled: true
          type: 'Lifecycle'
          definition: {
            filters: {
              blobTypes: ['blockBlob']
              prefixMatch: ['letters/', 'documents/']
            }
            actions: {
              baseBlob: { tierToCool: { daysAfterModificationGreaterThan: 90 } }
            }
          }
        }
        {
          // Replaced documents and texts, and letters that were erased, hold what a debtor asked to have corrected or erased: they go after a while.
          name: 'forget-what-was-replaced'
          enabled: true
          type: 'Lifecycle'
          definition: {
            filters: {
              blobTypes: ['blockBlob']
              prefixMatch: ['documents/', 'texts/', 'letters/']
            }
            actions: {
              version: { delete: { daysAfterCreationGreaterThan: 90 } }
            }
          }
        }
      ]
    }
  }
  dependsOn: [blobs]
}

// The app makes its tables, as their names belong to its version; tables of this account are all its own.
resource mayKeepCases 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(account.id, principalId, tableDataContributor)
  scope: account
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', tableDataContributor)
    principalId: principalId
    principalType: 'ServicePrincipal'
  }
}

resource mayKeepLetters 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(letters.id, principalId, blobDataContributor)
  scope: letters
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', blobDataContributor)
    principalId: principalId
    principalType: 'ServicePrincipal'
  }
}

resource mayKeepDocuments 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(documents.id, principalId, blobDataContributor)
  scope: documents
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', blobDataContributor)
    principalId: principalId
    principalType: 'ServicePrincipal'
  }
}

resource mayKeepDigests 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(digests.id, principalId, blobDataContributor)
  scope: digests
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', blobDataContributor)
    principalId: principalId
    principalType: 'ServicePrincipal'
  }
}

resource mayKeepTexts 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(texts.id, principalId, blobDataContributor)
  scope: texts
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', blobDataContributor)
    principalId: principalId
    principalType: 'ServicePrincipal'
  }
}

// Links to letters are signed with a key the account gives for a few days; that right exists on the account only, and reads nothing by itself.
resource mayLinkLetters 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(account.id, principalId, blobDelegator)
  scope: account
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', blobDelegator)
    principalId: principalId
    principalType: 'ServicePrincipal'
  }
}

output name string = account.name
output tablesUrl string = account.properties.primaryEndpoints.table
output blobsUrl string = account.properties.primaryEndpoints.blob
