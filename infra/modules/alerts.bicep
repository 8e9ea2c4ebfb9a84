// Reads the lines that the app writes (README.md, "What the app must write"). The sweep repeats its line, so an alert lasts as long as its cause.
param name string
param location string
param tags object
param insightsId string
param email string

var sweep = 'traces | where message startswith "dunning.sweep "'

var measured = [
  {
    name: 'failed-instances'
    says: 'Orchestrations of cases that had something to do had failed; the sweep started them again. Whatever failed once may fail again.'
    field: 'failed'
    above: 0
    severity: 1
  }
  {
    name: 'stuck-cases'
    says: 'Cases are past their wake-up by more than an hour: they are signalled and do not move.'
    field: 'stuck'
    above: 0
    severity: 2
  }
  {
    name: 'uncertain-messages'
    says: 'Messages of which nobody knows whether they left; each stops its case until a person decides (GET /api/tasks).'
    field: 'uncertain'
    above: 0
    severity: 2
  }
  {
    name: 'inbox-age'
    says: 'An acknowledged fact has been waiting in an inbox for more than a quarter of an hour: reminders may follow a payment.'
    field: 'inboxSeconds'
    above: 900
    severity: 1
  }
]

resource people 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: name
  location: 'global'
  tags: tags
  properties: {
    groupShortName: 'dunning'
    enabled: true
    emailReceivers: [
      {
        name: 'operators'
        emailAddress: email
        useCommonAlertSchema: true
      }
    ]
  }
}

resource figures 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = [
  for alert in measured: {
    name: '${name}-${alert.name}'
    location: location
    tags: tags
    kind: 'LogAlert'
    properties: {
      displayName: 'Dunning: ${alert.name}'
      description: alert.says
      severity: alert.severity
      enabled: true
      scopes: [insightsId]
      evaluationFrequency: 'PT15M'
      windowSize: 'PT30M'
      autoMitigate: true
      criteria: {
        allOf: [
          {
            query: '${sweep} | project timestamp, figure = toint(extract(@" ${alert.field}=([0-9]+)", 1, message))'
            timeAggregation: 'Maximum'
            metricMeasureColumn: 'figure'
            operator: 'GreaterThan'
            threshold: alert.above
            failingPeriods: {
              numberOfEvaluationPeriods: 1
              minFailingPeriodsToAlert: 1
            }
          }
        ]
      }
      actions: { actionGroups: [people.id] }
    }
  }
]

// The one that watches the watcher: without it, a dead app would look like a healthy one.
resource silence 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = {
  name: '${name}-no-sweep'
  location: location
  tags: tags
  kind: 'LogAlert'
  properties: {
    displayName: 'Dunning: no-sweep'
    description: 'The sweep has written nothing for an hour: the app does not run, does not start, or its logs do not arrive.'
    severity: 1
    enabled: true
    scopes: [insightsId]
    evaluationFrequency: 'PT15M'
    windowSize: 'PT1H'
    autoMitigate: true
    criteria: {
      allOf: [
        {
          query: sweep
          timeAggregation: 'Count'
          operator: 'LessThan'
          threshold: 1
          failingPeriods: {
            numberOfEvaluationPeriods: 1
            minFailingPeriodsToAlert: 1
          }
        }
      ]
    }
    actions: { actionGroups: [people.id] }
  }
}
