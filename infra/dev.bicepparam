using 'main.bicep'

// What differs from one installation to the next comes from environment variables, so that no address is written in a file.
param environment = 'dev'
param durableBackend = 'AzureStorage'
param sending = readEnvironmentVariable('DUNNING_SENDING', 'off')
param publicUrl = readEnvironmentVariable('DUNNING_PUBLIC_URL', '')
param emailDomain = readEnvironmentVariable('DUNNING_EMAIL_DOMAIN', '')
param emailDomainVerified = bool(readEnvironmentVariable('DUNNING_EMAIL_DOMAIN_VERIFIED', 'false'))
param twilioAccountSid = readEnvironmentVariable('DUNNING_TWILIO_ACCOUNT_SID', '')
param twilioApiKeySid = readEnvironmentVariable('DUNNING_TWILIO_API_KEY_SID', '')
param smsFrom = readEnvironmentVariable('DUNNING_SMS_FROM', '')
param dataRedundancy = 'Standard_LRS'
param hostRedundancy = 'Standard_LRS'
param logRetentionDays = 30
param logDailyCapGb = 1
param alertEmail = readEnvironmentVariable('DUNNING_ALERT_EMAIL', '')
param monthlyBudget = int(readEnvironmentVariable('DUNNING_BUDGET', '0'))
param budgetStart = readEnvironmentVariable('DUNNING_BUDGET_START', '')
param keyVaultPurgeProtection = false
