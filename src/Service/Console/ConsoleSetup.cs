using Dunning.Service.Console.Cases;
using Dunning.Service.Console.Casework;
using Dunning.Service.Console.Debtors;
using Dunning.Service.Console.Today;
using Microsoft.Extensions.DependencyInjection;

namespace Dunning.Service.Console;

/// <summary>The console and its parts. A host may say otherwise how people sign in.</summary>
public static class ConsoleSetup
{
    public static IServiceCollection AddConsole(this IServiceCollection services)
    {
        services.AddSingleton<ISignIn, KeySignIn>();
        services.AddSingleton<IConsolePages, TodayPages>();
        services.AddSingleton<IConsolePages, CasePages>();
        services.AddSingleton<IConsolePages, CaseworkPages>();
        services.AddSingleton<IConsolePages, DebtorPages>();
        services.AddSingleton<ConsoleRenderer>();
        services.AddSingleton<ConsoleSite>();
        return services;
    }
}
