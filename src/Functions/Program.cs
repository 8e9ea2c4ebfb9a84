using Dunning.Functions;
using Dunning.Functions.Store;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

var builder = FunctionsApplication.CreateBuilder(args);
builder.ConfigureFunctionsWebApplication();
AzureOptions options;
try
{
    options = AzureOptions.Read(builder.Configuration);
}
catch (MissingSettings missing)
{
    await Console.Error.WriteLineAsync(OperatorLog.StartRefused(missing));
    return 1;
}
builder.Services.AddStorage(options).AddSingleton<AzureStore>().AddAzure<AzureStore>(options);
var host = builder.Build();
// Tables and containers first: nothing can be asked of the store before.
await host.Services.GetRequiredService<AzureStore>().Prepare(CancellationToken.None);
await host.RunAsync();
return 0;
