using System.Reflection;
using System.Text.RegularExpressions;
using Dunning.Domain;
using Dunning.Local.Tests.Api;
using Dunning.Service.Api;
using Dunning.Service.Console;

namespace Dunning.Local.Tests.Console;

/// <summary>A French page speaks French: no word of the domain, no sentence of the API, no step is left in English or in code.</summary>
public sealed partial class FrenchTests
{
    private static readonly Ui French = new(Caller.Nobody, "", "fr", "", "/console");
    private static readonly Ui English = French with { Language = "en" };

    [Fact]
    public void Every_reason_the_domain_gives_for_a_step_has_words()
    {
        var reasons = typeof(StepReason).GetFields(BindingFlags.Public | BindingFlags.Static).Select(f => (string)f.GetRawConstantValue()!).ToList();
        Assert.NotEmpty(reasons);
        Assert.All(reasons, reason => Assert.NotEqual(reason, French.Reason(reason)));
        Assert.Equal("rejetée\u00A0: un bon client", French.Note("stepLapsed", "rejected: un bon client"));
        Assert.Equal("mailbox full", French.Reason("mailbox full"));
    }

    [Fact]
    public void Every_code_in_a_note_has_words_in_both_languages()
    {
        (string Kind, IEnumerable<string> Codes)[] notes =
        [
            ("disputeOpened", [.. Names<DisputeKind>(), .. Names<DisputeCode>()]), ("disputeResolved", Names<DisputeOutcome>()), ("sendingStopped", Names<StopCause>()), ("letterReturned", Names<LetterReturn>()),
            ("procedureRecorded", [.. Names<Procedure>(), .. Names<ProcedureStage>()]), ("procedureTerm", Acts()),
        ];
        foreach (var (kind, codes) in notes)
            Assert.All(codes, code => Assert.NotEqual((kind, code), (kind, French.Note(kind, code) is var words && words == "commercial" ? "" : words)));
        Assert.Equal("commercial, qualité\u00A0: il manque une porte", French.Note("disputeOpened", "commercial, quality: il manque une porte"));
        Assert.Equal("commercial, missing purchase order", English.Note("disputeOpened", "commercial, missingPurchaseOrder"));
        Assert.Equal("créance à déclarer avant le 01/02/2027", French.Note("insolvency", "declare the claim by 2027-02-01"));
        Assert.Equal("30/11/2026\u00A0: 400,00\u00A0€\u00A0; 31/12/2026\u00A0: 800,00\u00A0€", French.Note("planProposal", "2026-11-30: 400.00 EUR; 2026-12-31: 800.00 EUR"));
    }

    [Fact]
    public void Every_rate_of_interest_says_in_French_what_it_rests_on()
    {
        var half = Semester.Of(2026, 1);
        foreach (var series in RateSeries.All)
            foreach (var provisional in (bool[])[true, false])
            {
                var quote = new Quote(new(series, half, 2.15m, "source", null), half, provisional);
                foreach (var rate in (AppliedRate[])[new(12.15m, quote, 10m, Articles.FrenchBusinessInterest), new(2.15m, quote, 0, Articles.BelgianLegalInterest), new(12m, quote, 0, Articles.FrenchBusinessInterest) { IsContractual = true, Floor = 6.45m }])
                    Assert.DoesNotMatch("rate|legal |provisional|H1|%:|[^\u00A0];$", French.Basis(rate.Basis));
            }
        Assert.Equal("taux de la BCE 2,15\u00A0% (1er\u00A0semestre\u00A02026) + 10\u00A0points\u00A0: Code de commerce, art. L441-10 II", French.Basis("ECB rate 2.15 % (2026-H1) + 10 points: Code de commerce, art. L441-10 II"));
    }

    [Fact]
    public void Every_sentence_the_API_refuses_a_form_with_is_known_in_French()
    {
        var sentences = ApiSentences.All().ToList();
        Assert.True(sentences.Count > 120, $"{sentences.Count} sentences");
        Assert.Empty(sentences.Where(s => French.Sentence(s) == s).Distinct());
    }

    [Fact]
    public void What_varies_in_a_sentence_is_kept()
    {
        Assert.Equal("font en tout 900,00\u00A0€, et non le reste dû de 1\u202F200,00\u00A0€.", French.Sentence("add up to 900.00 EUR, not to the balance of 1200.00 EUR."));
        Assert.Equal("ne doit pas dépasser le 01/12/2026, soit 30\u00A0jours après la première promesse, sauf décision d’un gestionnaire.", French.Sentence("must not be after 2026-12-01, 30 days after the first promise, unless an operator says so with \"override\": true."));
        Assert.Equal("doivent être de 1 à 50.", French.Sentence("must be from 1 to 50 steps."));
        Assert.Equal("Versements ne doit pas dépasser 3.", French.Refused("instalments must not be more than 3."));
        Assert.Equal("Quelque chose d’inconnu.", French.Sentence("Quelque chose d’inconnu."));
        Assert.Equal("The case is not on hold.", English.Sentence("The case is not on hold."));
    }

    [Fact]
    public void A_step_has_one_name_and_one_of_the_creditors_own_is_its_id()
    {
        Assert.Equal(("Deuxième relance", "Second reminder"), (French.StepName("second"), English.StepName("second")));
        Assert.Equal("deuxième relance", French.Template("firm-reminder"));
        Assert.Equal("Deuxième relance (envoi n°\u00A02)", French.StepName("second.2"));
        Assert.Equal("visite-du-chef", French.StepName("visite-du-chef"));
    }

    [Theory]
    [InlineData("payment", "amount", "-3")]
    [InlineData("payment", "date", "hier")]
    [InlineData("promise", "date", "2026-09-01")]
    [InlineData("promise", "amount", "999999")]
    [InlineData("dispute", "amount", "999999")]
    [InlineData("hold", "until", "2020-01-01")]
    [InlineData("hold", "until", "2030-01-01")]
    [InlineData("contact", "email", "personne")]
    [InlineData("contact", "phone", "12")]
    [InlineData("due-date", "dueDate", "2020-01-01")]
    [InlineData("credit-note", "amount", "0")]
    [InlineData("pending", "expectedOn", "2028-01-01")]
    [InlineData("plan", "instalments[0].amount", "3")]
    public async Task A_form_is_refused_in_French(string act, string field, string value)
    {
        await using var host = await TestHost.Run();
        var path = await host.Register();
        using var visitor = await Visitor.SignIn(host, language: "fr");
        var form = await visitor.Get($"/console/cases/{path.Split('/')[^1]}/acts/{act}");
        Assert.Equal(200, form.Status);
        var refused = await visitor.Submit(form, (field, value));
        Assert.True(refused.Status is >= 400 and < 500, $"{refused.Status} {refused.Words}");
        var said = string.Join(' ', refused.Document.QuerySelectorAll(".faults, .fault").Select(e => e.TextContent));
        Assert.NotEqual("", said.Trim());
        Assert.DoesNotMatch(OfEnglish(), said);
    }

    [Theory]
    [InlineData("/console/cases?minBalance=beaucoup")]
    [InlineData("/console/tomorrow?date=2020-01-01")]
    [InlineData("/console/figures?creditor=demo&from=bientot")]
    public async Task A_page_asked_for_wrongly_says_so_in_French(string address)
    {
        await using var host = await TestHost.Run();
        await host.Register();
        using var visitor = await Visitor.SignIn(host, language: "fr");
        var said = string.Join(' ', (await visitor.Get(address)).Document.QuerySelectorAll(".faults, .fault").Select(e => e.TextContent));
        Assert.NotEqual("", said.Trim());
        Assert.DoesNotMatch(OfEnglish(), said);
    }

    [Fact]
    public async Task Steps_are_said_by_their_words_wherever_they_are_shown()
    {
        await using var host = await TestHost.Run();
        var path = await host.Register();
        await host.MoveTo("2026-11-24T10:00:00+01:00");
        using var visitor = await Visitor.SignIn(host, language: "fr");
        foreach (var page in (string[])["/console", "/console/cases", $"/console/cases/{path.Split('/')[^1]}", "/console/figures", "/console/debtors", "/console/settings/policies", "/console/tomorrow"])
            Assert.DoesNotMatch("hand-over|formal-notice|\\b(courtesy|first|second)\\b", (await visitor.Get(page)).Words);
        Assert.Contains("Mise en demeure", (await visitor.Get("/console/cases")).Words, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Names<T>()
        where T : struct, Enum => Enum.GetValues<T>().Select(ApiJson.Name);

    private static IEnumerable<string> Acts()
    {
        var calendar = BusinessCalendar.For(BusinessCalendar.Codes.First());
        return (from procedure in Enum.GetValues<Procedure>() from stage in Enum.GetValues<ProcedureStage>() select ProcedureTerms.After(procedure, stage, new(2026, 10, 1), calendar)?.Act).OfType<string>().Distinct();
    }

    [GeneratedRegex(@"\b(must|the|there|is|are|not|than|of|this|it)\b", RegexOptions.IgnoreCase)]
    private static partial Regex OfEnglish();
}
