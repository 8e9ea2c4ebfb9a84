using System.Globalization;
using Dunning.Domain;
using Dunning.Service.Api;
using Dunning.Service.Portal.Pages;
using static Dunning.Domain.CaseEvent;

namespace Dunning.Service.Portal;

/// <summary>One thing a debtor may say: when it is offered, and the fact a form becomes. What binds is shown once more before it is taken.</summary>
internal abstract record DebtorAnswer(string Name, Type Form, bool Binds)
{
    public static readonly IReadOnlyList<DebtorAnswer> All = [new Promise(), new Plan(), new Problem(), new Person(), new Word()];

    public abstract bool IsOffered(PortalCase c);

    /// <summary>The fact, with its id; null after adding faults to the form.</summary>
    public abstract CaseEvent? Read(DebtorForm form, PortalCase c, Reader reader);

    /// <summary>Whether the case, as it stands at the moment it is told, takes it: a form sent twice at once finds its own fact there already.</summary>
    public bool Takes(PortalCase c, CaseEvent @event) => c.File.Applied.Contains(@event.Id) || IsWithinLimits(c, @event);

    /// <summary>What was said before is in force, and need not be said again.</summary>
    public virtual bool Stands(PortalCase c, CaseEvent @event) => c.File.Applied.Contains(@event.Id);

    protected virtual bool IsWithinLimits(PortalCase c, CaseEvent @event) => IsOffered(c);

    private sealed record Promise() : DebtorAnswer("promise", typeof(PromisePage), true)
    {
        public override bool IsOffered(PortalCase c) => c.IsOpen && Until(c) is not null;

        public override bool Stands(PortalCase c, CaseEvent @event) => c.File.Silences.Promise?.Id == @event.Id;

        public override CaseEvent? Read(DebtorForm form, PortalCase c, Reader reader)
        {
            if (form.Date("date") is not { } date)
                return null;
            var id = DebtorFacts.PromiseOf(c.File.Id, date);
            if (date < c.Today || date > Until(c))
                form.Fault("date", reader.T(
                    $"Choisissez un jour entre aujourd’hui et le {reader.Date(Until(c)!.Value)}.", $"Kies een dag tussen vandaag en {reader.Date(Until(c)!.Value)}.",
                    $"Choose a day between today and {reader.Date(Until(c)!.Value)}.", $"Wählen Sie einen Tag zwischen heute und dem {reader.Date(Until(c)!.Value)}."));
            else if (c.File.Applied.Contains(id) && c.File.Silences.Promise?.Id != id)
                form.Fault("date", reader.T(
                    "Vous aviez déjà annoncé ce jour, puis un autre\u00A0: écrivez-nous plutôt.", "U noemde deze dag al eerder, en dan een andere: schrijf ons liever.",
                    "You named this day before, then another: please write to us instead.", "Sie hatten diesen Tag schon genannt, dann einen anderen: Bitte schreiben Sie uns."));
            return form.HasFaults ? null : new PromiseMade(date, c.Asked == c.File.Balance ? null : c.Asked) { Id = id };
        }

        protected override bool IsWithinLimits(PortalCase c, CaseEvent @event) => c.IsOpen && @event is PromiseMade made && made.Date <= Until(c);

        private static DateOnly? Until(PortalCase c) => DebtorLimits.PromiseUntil(c.File, c.Policy, c.Today);
    }

    private sealed record Plan() : DebtorAnswer("plan", typeof(PlanPage), true)
    {
        public override bool IsOffered(PortalCase c) => c.IsOpen && Most(c) > 1;

        public override CaseEvent? Read(DebtorForm form, PortalCase c, Reader reader)
        {
            var counts = Enumerable.Range(2, Math.Max(0, Most(c) - 1)).ToDictionary(n => n.ToString(CultureInfo.InvariantCulture));
            var (count, first) = (form.OneOf("count", counts), form.Date("first"));
            if (count is not { } n || first is not { } from)
                return null;
            if (DebtorLimits.LatestFirst(c.Policy, n, c.Today) is var latest && (from < c.Today || from > latest))
                form.Fault("first", reader.T(
                    $"Choisissez un jour entre aujourd’hui et le {reader.Date(latest)}.", $"Kies een dag tussen vandaag en {reader.Date(latest)}.",
                    $"Choose a day between today and {reader.Date(latest)}.", $"Wählen Sie einen Tag zwischen heute und dem {reader.Date(latest)}."));
            var instalments = form.HasFaults ? [] : DebtorLimits.Split(c.File.Balance, n, from);
            return form.HasFaults ? null : new PlanProposed(instalments) { Id = DebtorFacts.PlanOf(c.File, instalments) };
        }

        protected override bool IsWithinLimits(PortalCase c, CaseEvent @event) => c.IsOpen && @event is PlanProposed plan && plan.Instalments.Count <= Most(c);

        private static int Most(PortalCase c) => DebtorLimits.MostInstalments(c.File, c.Policy, c.Today);
    }

    private sealed record Problem() : DebtorAnswer("problem", typeof(ProblemPage), true)
    {
        private static readonly Dictionary<string, DisputeCode> Codes = Enum.GetValues<DisputeCode>().ToDictionary(ApiJson.Name, StringComparer.Ordinal);

        public override bool IsOffered(PortalCase c) => c.IsOpen && DebtorLimits.MayDispute(c.File, c.Policy);

        public override CaseEvent? Read(DebtorForm form, PortalCase c, Reader reader)
        {
            var (code, amount, note) = (form.OneOf("code", Codes), form.Amount("amount", c.Asked), form.Text("note", 1000));
            // What is missing on the paper is technical; what is wrong with the goods or the sum is commercial. Debtors are not asked to know the words.
            return form.HasFaults || code is not { } what ? null
                : new DisputeOpened(what is DisputeCode.WrongAmount or DisputeCode.Quality or DisputeCode.Other ? DisputeKind.Commercial : DisputeKind.Technical, what, amount, note) { Id = DebtorFacts.DisputeOf(c.File.Id) };
        }
    }

    private sealed record Person() : DebtorAnswer("person", typeof(PersonPage), false)
    {
        public override bool IsOffered(PortalCase c) => c.IsOpen && DebtorLimits.MayWrite(c.File);

        /// <summary>A word for a person to read: where mail goes is never changed by whoever holds a link.</summary>
        public override CaseEvent? Read(DebtorForm form, PortalCase c, Reader reader)
        {
            var (name, email, note) = (form.Text("name", 100), form.Text("email", 200), form.Text("note", 1000));
            if (email is not null && Delivery.Mail.Mailbox.Fault(email) is not null)
                form.Fault("email", reader.T("Cette adresse e-mail n’est pas valable.", "Dit e-mailadres is niet geldig.", "This e-mail address is not valid.", "Diese E-Mail-Adresse ist nicht gültig."));
            if (form.HasFaults)
                return null;
            var french = c.Creditor.Language == "fr";
            var right = string.Join(", ", new[] { name, email }.OfType<string>());
            string?[] said =
            [
                french ? "N’est pas la bonne personne pour cette facture." : "Is not the right person for this invoice.",
                right.Length == 0 ? null : french ? $"À contacter\u00A0: {right}" : $"To contact: {right}",
                note,
            ];
            return Heard(c, string.Join('\n', said.OfType<string>()));
        }
    }

    private sealed record Word() : DebtorAnswer("message", typeof(WordPage), false)
    {
        public override bool IsOffered(PortalCase c) => c.IsOpen && DebtorLimits.MayWrite(c.File);

        public override CaseEvent? Read(DebtorForm form, PortalCase c, Reader reader) => form.Text("text", 2000, required: true) is { } text ? Heard(c, text) : null;
    }

    private static ReplyReceived Heard(PortalCase c, string text) => new("page", text) { Id = DebtorFacts.WordOf(c.File.Id, text, c.Today), From = c.File.Debtor.Name };
}
