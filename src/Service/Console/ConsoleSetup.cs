using Dunning.Service.Console.Audit;
using Dunning.Service.Console.Casework;
using Dunning.Service.Console.Debtors;
using Dunning.Service.Console.Figures;
using Dunning.Service.Console.Today;
using Dunning.Service.Console.Tomorrow;
using Dunning.Service.Console.Worklist;
using Microsoft.Extensions.DependencyInjection;

namespace Dunning.Service.Console;

/// <summary>The console and its parts. A host may say otherwise how people sign in.</summary>
public static class ConsoleSetup
{
    public static IServiceCollection AddConsole(this IServiceCollection services)
    {
        services.AddSingleton<ConsoleCookies>();
        services.AddSingleton<FormToken>();
        services.AddSingleton<ISignIn, KeySignIn>();
        services.AddSingleton<IConsolePages, TodayPages>();
        // Before the pages of one case: "export" is no case.
        services.AddSingleton<IConsolePages, CaseListPages>();
        services.AddSingleton<IConsolePages, BulkPages>();
        services.AddSingleton<IConsolePages, TomorrowPages>();
        services.AddSingleton<IConsolePages, FigurePages>();
        services.AddSingleton<WorkOfToday>();
        services.AddSingleton<IConsolePages, WhatIf.WhatIfPages>();
        services.AddSingleton<IConsolePages, Settings.SettingsPages>();
        services.AddSingleton<IConsolePages, Settings.PolicyPages>();
        services.AddSingleton<IConsolePages, Settings.TextPages>();
        services.AddSingleton<IConsolePages, Settings.CreditorPages>();
        services.AddSingleton<IConsolePages, Settings.KeyPages>();
        services.AddSingleton<IConsolePages, CaseworkPages>();
        services.AddSingleton<IConsolePages, DebtorPages>();
        services.AddSingleton<IConsolePages, DebtorRightsPages>();
        services.AddSingleton<IConsolePages, AuditPages>();
        services.AddSingleton<ConsoleRenderer>();
        services.AddSingleton<ConsoleSite>();
        return services;
    }
}
