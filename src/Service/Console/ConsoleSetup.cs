using Dunning.Service.Console.Cases;
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
        services.AddSingleton<IConsolePages, WhatIf.WhatIfPages>();
        services.AddSingleton<IConsolePages, Settings.SettingsPages>();
        services.AddSingleton<IConsolePages, Settings.PolicyPages>();
        services.AddSingleton<IConsolePages, Settings.TextPages>();
        services.AddSingleton<IConsolePages, Settings.CreditorPages>();
        services.AddSingleton<IConsolePages, Settings.KeyPages>();
        services.AddSingleton<ConsoleRenderer>();
        services.AddSingleton<ConsoleSite>();
        return services;
    }
}
