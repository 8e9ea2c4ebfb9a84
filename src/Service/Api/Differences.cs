using Dunning.Domain;
using static Dunning.Domain.CaseEvent;

namespace Dunning.Service.Api;

/// <summary>What a registration says otherwise than what is known under its number.</summary>
public static class Differences
{
    public static List<Fault> Between(Registered first, Registration told) => Between(first.Invoice, first.Debtor, first.Policy, told);

    public static List<Fault> Between(CaseFile file, Registration told) => Between(file.Invoice, file.Debtor, file.Policy, told);

    public static List<Fault> Between(Registration first, Registration told) => Between(first.Invoice, first.Debtor, new(first.Policy ?? told.Policy ?? "", 1), told);

    private static List<Fault> Between(Invoice invoice, Debtor debtor, PolicyRef policy, Registration registration)
    {
        var (other, party, faults) = (registration.Invoice, registration.Debtor, new List<Fault>());
        void Compare(string field, object? known, object? told)
        {
            if (!Equals(known, told))
                faults.Add(new(field, "differs", $"is {Written(known)} in the registered invoice."));
        }

        Compare("issueDate", invoice.IssueDate, other.IssueDate);
        Compare("dueDate", invoice.DueDate, other.DueDate);
        Compare("amount", invoice.Amount, other.Amount);
        Compare("purchaseOrder", invoice.PurchaseOrder, other.PurchaseOrder);
        Compare("description", invoice.Description, other.Description);
        Compare("paymentUrl", invoice.PaymentUrl, other.PaymentUrl);
        Compare("payee", invoice.Payee, other.Payee);
        if (registration.Policy is { } name)
            Compare("policy", policy.Name, name);
        Compare("debtor.id", debtor.Id, registration.NamesDebtor ? party.Id : debtor.Id);
        Compare("debtor.name", debtor.Name, party.Name);
        Compare("debtor.kind", debtor.Kind, party.Kind);
        Compare("debtor.country", debtor.Country, party.Country);
        Compare("debtor.language", debtor.Language, party.Language);
        Compare("debtor.email", debtor.Email, party.Email);
        Compare("debtor.phone", debtor.Phone, party.Phone);
        Compare("debtor.siren", debtor.Siren, party.Siren);
        Compare("debtor.address", debtor.Address, party.Address);
        if (!debtor.Contacts.SequenceEqual(party.Contacts))
            faults.Add(new("debtor.contacts", "differs", "are others in the registered invoice."));
        return faults;
    }

    private static string Written(object? known) => known switch
    {
        null => "nothing",
        DateOnly date => date.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
        DebtorKind kind => ApiJson.Name(kind),
        PostalAddress address => $"'{address.Line1}, {address.PostalCode} {address.City}'",
        Payee payee => $"'{payee.Name}'",
        _ => known.ToString()!,
    };
}
