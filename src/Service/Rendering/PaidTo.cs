using Dunning.Domain;
using Dunning.Service.Register;

namespace Dunning.Service.Rendering;

/// <summary>Whose account the debtor is asked to pay into: the one the invoice was assigned to, else the creditor's.</summary>
internal sealed record PaidTo(string Name, Iban? Iban, string? Bic)
{
    public static PaidTo Of(Creditor creditor, Payee? payee) => payee is not null
        ? new(payee.Name, Iban.Parse(payee.Iban), payee.Bic)
        : new(creditor.Name, creditor.Iban is { } iban ? Iban.Parse(iban) : null, creditor.Bic);
}
