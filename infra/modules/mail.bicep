// E-mail: Communication Services, a domain, a sender. A domain of yours is linked only once its DNS records are verified.
param name string
param tags object
param dataLocation string
param domain string
param domainVerified bool
param sender string
param principalId string

var communicationAndEmailOwner = '09976791-48a7-449e-bb21-39d1a415f350'
var ownDomain = !empty(domain)
var linked = !ownDomain || domainVerified

resource emailService 'Microsoft.Communication/emailServices@2023-04-01' = {
  name: name
  location: 'global'
  tags: tags
  properties: {
    dataLocation: dataLocation
  }
}

resource emailDomain 'Microsoft.Communication/emailServices/domains@2023-04-01' = {
  parent: emailService
  name: ownDomain ? domain : 'AzureManagedDomain'
  location: 'global'
  tags: tags
  properties: {
    domainManagement: ownDomain ? 'CustomerManaged' : 'AzureManaged'
    userEngagementTracking: 'Disabled' // Nobody is watched opening a reminder.
  }
}

// A domain of Azure comes with DoNotReply and takes no other sender.
resource senderUsername 'Microsoft.Communication/emailServices/domains/senderUsernames@2023-04-01' = if (ownDomain && domainVerified) {
  parent: emailDomain
  name: sender
  properties: {
    username: sender
    displayName: sender
  }
}

resource communication 'Microsoft.Communication/communicationServices@2023-04-01' = {
  name: name
  location: 'global'
  tags: tags
  properties: {
    dataLocation: dataLocation
    linkedDomains: linked ? [emailDomain.id] : []
  }
}

// There is no narrower built-in role that may send; the scope is the one service that holds nothing but this sender.
resource maySend 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(communication.id, principalId, communicationAndEmailOwner)
  scope: communication
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', communicationAndEmailOwner)
    principalId: principalId
    principalType: 'ServicePrincipal'
  }
}

output communicationServiceName string = communication.name
output emailServiceName string = emailService.name
output endpoint string = 'https://${communication.properties.hostName}'
output from string = ownDomain ? '${sender}@${domain}' : 'DoNotReply@${emailDomain.properties.fromSenderDomain}'
output dnsRecords object = ownDomain ? emailDomain.properties.verificationRecords : {}
