using System.Reflection;
using Dunning.Functions.Http;
using Dunning.Functions.Orchestration;
using Dunning.Service.Api;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Dunning.Functions.Tests;

/// <summary>One function for each operation, on the same routes as the embedded host.</summary>
public sealed class RouteTests
{
    private static readonly IReadOnlyList<(string Name, HttpTriggerAttribute Trigger)> Functions =
    [
        .. from type in typeof(ApiFunction).Assembly.GetTypes()
           from method in type.GetMethods()
           let name = method.GetCustomAttribute<FunctionAttribute>()?.Name
           where name is not null
           from parameter in method.GetParameters()
           let trigger = parameter.GetCustomAttribute<HttpTriggerAttribute>()
           where trigger is not null
           select (name, trigger),
    ];

    [Fact]
    public async Task Every_operation_of_the_embedded_host_has_its_function_on_the_same_route()
    {
        await using var azure = await AzureWorld.Begin();
        await using var embedded = await EmbeddedWorld.Begin();
        string[] testClock = ["getClock", "moveClock"];
        var there = Functions.Select(f => $"{f.Name} {f.Trigger.Methods![0].ToUpperInvariant()} /{f.Trigger.Route}").Order().ToList();
        var here = Routes(embedded.Services).Where(o => !testClock.Contains(o.Name)).Select(o => $"{o.Name} {o.Method} {o.Route}").Order().ToList();
        Assert.Empty(here.Except(there));
        Assert.Equal(["SmsDelivery POST /api/webhooks/twilio/{creditor}", "getOrchestration GET /api/invoices/{id}/orchestration"], there.Except(here).Order(StringComparer.Ordinal));
        Assert.Equal(Routes(azure.Services).Select(o => o.Name).Append("SmsDelivery").Order(), Functions.Select(f => f.Name).Order());
    }

    [Fact]
    public void Every_trigger_says_who_may_call_it()
    {
        Assert.All(Functions, f => Assert.Equal(AuthorizationLevel.Anonymous, f.Trigger.AuthLevel));
        Assert.All(Functions, f => Assert.Single(f.Trigger.Methods!));
        Assert.Equal(Functions.Count, Functions.Select(f => f.Name.ToUpperInvariant()).Distinct().Count());
    }

    [Fact]
    public void Everything_that_may_be_raised_by_name_is_awaited()
    {
        Assert.Equal(["CaseSignal", "PaymentReceived", "PromiseMade", "DisputeOpened", "Held", "Released", "Cancelled"], Letterbox.Names);
    }

    [Fact]
    public void Missing_settings_stop_the_start_with_every_name()
    {
        var nothing = Assert.Throws<MissingSettings>(() => AzureOptions.Read(new ConfigurationBuilder().Build()));
        Assert.Equal(["DUNNING_TABLES", "DUNNING_BLOBS"], nothing.Faults.Select(f => f.Split(' ')[0]));
        var wrong = new Dictionary<string, string?>
        {
            ["DUNNING_TABLES"] = "tables",
            ["DUNNING_BLOBS"] = "@Microsoft.KeyVault(VaultName=v;SecretName=s)",
            ["DUNNING_SENDING"] = "sometimes",
            ["DUNNING_TWILIO_ACCOUNT_SID"] = "AC0",
            ["DUNNING_TWILIO_API_KEY_SID"] = "SK0",
        };
        var all = Assert.Throws<MissingSettings>(() => AzureOptions.Read(new ConfigurationBuilder().AddInMemoryCollection(wrong).Build()));
        Assert.Equal(
            ["DUNNING_ACS_ENDPOINT", "DUNNING_BLOBS", "DUNNING_EMAIL_FROM", "DUNNING_PUBLIC_URL", "DUNNING_SENDING", "DUNNING_SMS_FROM", "DUNNING_TABLES", "DUNNING_TWILIO_API_KEY_SID", "DUNNING_TWILIO_AUTH_TOKEN"],
            all.Faults.Select(f => f.Split(' ')[0]).Order());
    }

    private static IReadOnlyList<Operation> Routes(IServiceProvider services) => services.GetRequiredService<Routes>().All;
}
