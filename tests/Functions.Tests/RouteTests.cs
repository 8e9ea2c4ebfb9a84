using System.Reflection;
using Dunning.Functions.Http;
using Dunning.Functions.Orchestration;
using Dunning.Service.Api;
using Dunning.Service.Console;
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
        Assert.NotNull((await azure.Get("/openapi/v1.json")).Body!["paths"]!["/api/invoices/{id}/messages/{step}/{channel}/{sending}/link"]!["get"]);
        Assert.Equal(["dismissPassedOver POST /api/invoices/{id}/orchestration/passed-over/{seq}/dismiss", "getOrchestration GET /api/invoices/{id}/orchestration",
                "linkLetter GET /api/invoices/{id}/messages/{step}/{channel}/{sending}/link"], there.Except(here).Order(StringComparer.Ordinal));
        Assert.Equal(Routes(azure.Services).Select(o => o.Name).Order(), Functions.Select(f => f.Name).Order());
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
        Assert.Equal(["DUNNING_TABLES", "DUNNING_BLOBS", "DUNNING_PUBLIC_URL", "DUNNING_KEY"], nothing.Names);
        Assert.Equal("dunning.start-refused missing=DUNNING_TABLES,DUNNING_BLOBS,DUNNING_PUBLIC_URL,DUNNING_KEY", OperatorLog.StartRefused(nothing));
        var wrong = new Dictionary<string, string?>
        {
            ["DUNNING_TABLES"] = "tables",
            ["DUNNING_BLOBS"] = "@Microsoft.KeyVault(VaultName=v;SecretName=s)",
            ["DUNNING_SENDING"] = "sometimes",
            ["DUNNING_TWILIO_ACCOUNT_SID"] = "AC0",
            ["DUNNING_TWILIO_API_KEY_SID"] = "SK0",
            ["DUNNING_KEY"] = "a-secret-key",
            ["DUNNING_PORTAL_KEY"] = "too-short",
        };
        var all = Assert.Throws<MissingSettings>(() => AzureOptions.Read(new ConfigurationBuilder().AddInMemoryCollection(wrong).Build()));
        Assert.Equal(
            ["DUNNING_ACS_ENDPOINT", "DUNNING_BLOBS", "DUNNING_EMAIL_FROM", "DUNNING_KEY", "DUNNING_PORTAL_KEY", "DUNNING_PUBLIC_URL", "DUNNING_SENDING", "DUNNING_SMS_FROM", "DUNNING_TABLES", "DUNNING_TWILIO_API_KEY_SID", "DUNNING_TWILIO_AUTH_TOKEN"],
            all.Names.Order());
        Assert.DoesNotContain("a-secret-key", all.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_program_without_its_settings_says_so_in_one_line_and_fails()
    {
        Assert.Null(Environment.GetEnvironmentVariable("DUNNING_TABLES"));
        var (errors, said) = (Console.Error, new StringWriter());
        Console.SetError(said);
        try
        {
            Assert.Equal(1, typeof(CaseOrchestration).Assembly.EntryPoint!.Invoke(null, [Array.Empty<string>()]));
        }
        finally
        {
            Console.SetError(errors);
        }
        Assert.Matches("^dunning\\.start-refused missing=[A-Z_,]+\\s*$", said.ToString());
    }

    [Theory]
    [InlineData("redirect:")]
    [InlineData("redirect:nobody")]
    [InlineData("Live")]
    public void A_sending_mode_that_is_none_stops_the_start(string mode)
    {
        var settings = new Dictionary<string, string?> { ["DUNNING_SENDING"] = mode, ["DUNNING_EMAIL_FROM"] = "not an address" };
        var refused = Assert.Throws<MissingSettings>(() => AzureOptions.Read(new ConfigurationBuilder().AddInMemoryCollection(settings).Build()));
        Assert.Contains("DUNNING_SENDING", refused.Names);
        Assert.Contains("DUNNING_EMAIL_FROM", refused.Names);
    }

    private static IReadOnlyList<Operation> Routes(IServiceProvider services) => [.. services.GetRequiredService<Routes>().All, .. services.GetRequiredService<Sites>().All];
}
