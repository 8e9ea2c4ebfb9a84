using Dunning.Domain;
using Dunning.Service.Api;
using Dunning.Service.Api.Routing;
using Dunning.Service.Api.Views;
using Dunning.Service.Audit;
using Dunning.Service.Bank;
using Dunning.Service.Browsing;
using Dunning.Service.Claims;
using Dunning.Service.Console;
using Dunning.Service.Delivery;
using Dunning.Service.Engine;
using Dunning.Service.Figures;
using Dunning.Service.Letters;
using Dunning.Service.Links;
using Dunning.Service.Outgoing;
using Dunning.Service.Papers;
using Dunning.Service.Policies;
using Dunning.Service.Portal;
using Dunning.Service.Postage;
using Dunning.Service.Receipts;
using Dunning.Service.Register;
using Dunning.Service.Rendering;
using Dunning.Service.Replies;
using Dunning.Service.Simulation;
using Dunning.Service.Upcoming;
using Dunning.Service.Webhooks;
using Microsoft.Extensions.DependencyInjection;

namespace Dunning.Service;

/// <summary>At least one shipped text, policy or rate cannot be used; every fault is listed with its file.</summary>
public sealed class BrokenFiles(IReadOnlyList<string> faults) : Exception($"{faults.Count} fault(s) in the shipped files:\n{string.Join('\n', faults)}")
{
    public IReadOnlyList<string> Faults { get; } = faults;
}

/// <summary>
/// Everything both hosts share. A host adds its store (as ICaseStore, ICaseLists, IDocuments and IAuditStore), its clock (TimeProvider), its INudge, its ServerSecret, its senders, and for the
/// audit its DigestSigner, its IDigestArchive and its RetentionPeriods.
/// </summary>
public static class ServiceSetup
{
    /// <exception cref="BrokenFiles">A text, a policy or a rate cannot be used.</exception>
    public static IServiceCollection AddDunning(this IServiceCollection services, string? mailDomain = null, bool sendingOff = false)
    {
        var (texts, rates) = Shipped();
        services.AddSingleton(texts);
        services.AddSingleton(p => new PolicyBook(PolicyBook.ShippedFolder, texts.Has, p.GetRequiredService<IDocuments>()));
        services.AddSingleton<IPolicyBook>(p => p.GetRequiredService<PolicyBook>());
        services.AddSingleton(new MessageWriter(texts, mailDomain ?? "dunning.invalid"));
        services.AddSingleton<Registry>();
        services.AddSingleton(p => new RateBook(rates, p.GetRequiredService<Registry>()));
        services.AddSingleton<CreditorTexts>();
        services.AddSingleton<ILetterRenderer, PdfLetterRenderer>();
        services.AddSingleton<PaperWriter>();
        services.AddSingleton<PaperArchive>();
        services.AddSingleton<DebitNoteNumbers>();
        services.AddSingleton<LedgerBooks>();
        services.AddSingleton<Kpis>();
        services.AddSingleton<LettersOfDay>();
        services.AddSingleton<LetterExport>();
        services.AddSingleton<Postings>();
        services.AddSingleton<UnmatchedMoney>();
        services.AddWebhooks();
        services.AddPaymentLinks();
        services.AddReplies();
        services.AddOutgoing();
        services.AddUpcoming(mailDomain ?? "dunning.invalid");
        services.AddAudit();
        services.AddSingleton<LedgerDates>();
        services.AddSingleton(CsvProfiles.Load(CsvProfiles.ShippedFolder));
        services.AddSingleton<KeyRing>();
        services.AddSingleton<ISwitches>(p => new Switches(p.GetRequiredService<Registry>(), sendingOff));
        services.AddSingleton<IPostOffice, PostOffice>();
        services.AddSingleton<DunningEngine>();
        services.AddSingleton<CaseViewer>();
        services.AddSingleton<Foresight>();
        services.AddSingleton<Acknowledger>();
        services.AddSingleton<Inheritance>();
        services.AddSingleton<Func<Registrar>>(p => () => ActivatorUtilities.CreateInstance<Registrar>(p));
        services.AddSingleton<Simulator>();
        services.AddRoutes();
        services.AddBrowsing();
        services.AddConsole();
        services.AddPortal();
        services.AddSingleton<Sites>();
        services.AddSingleton<ApiPipeline>();
        return services;
    }

    // Texts, policies and rates are judged together: whoever mends them is told of all their faults at once.
    private static (TextBook Texts, Rates Rates) Shipped()
    {
        var faults = new List<string>();
        TextBook? texts = null;
        Rates? rates = null;
        try
        {
            texts = TextBook.Load(TextBook.ShippedFolder);
        }
        catch (BrokenTexts broken)
        {
            faults.AddRange(broken.Faults);
        }
        try
        {
            _ = new PolicyBook(PolicyBook.ShippedFolder, texts is null ? (_, _) => true : texts.Has, null);
        }
        catch (BrokenPolicies broken)
        {
            faults.AddRange(broken.Faults);
        }
        try
        {
            rates = RatesFile.Load(RatesFile.Shipped);
        }
        catch (BrokenRates broken)
        {
            faults.AddRange(broken.Faults);
        }
        return faults.Count == 0 ? (texts!, rates!) : throw new BrokenFiles(faults);
    }
}
