namespace Dunning.Domain;

/// <summary>What is known of the money to come of an open case: what was said, and what nobody can say a day for.</summary>
internal static class Expectations
{
    /// <summary>Promises, debits on their way and instalments, less what has come in of them.</summary>
    public static Items<Settling> Of(CaseFile file)
    {
        var silences = file.Silences;
        if (silences is { Promise: null, Plan: null, Pending.Count: 0 })
            return default;
        var said = new List<Settling>();
        if (silences.Promise is { } promise)
            Add(promise.Date, promise.Amount - (file.Account.PaidBetween(promise.MadeOn, promise.GraceEnds) - promise.PaidBefore));
        foreach (var pending in silences.Pending)
            Add(pending.ExpectedOn, pending.Amount ?? file.Balance);
        if (silences.Plan is { } plan)
        {
            // What has come in since the agreement has paid the first instalments.
            var paid = file.Account.Settled - plan.SettledBefore;
            foreach (var instalment in plan.Instalments)
            {
                var left = instalment.Amount - Money.Max(Money.Min(paid, instalment.Amount), Money.Zero(paid.Currency));
                paid -= instalment.Amount;
                Add(instalment.Date, left);
            }
        }
        return [.. said];

        void Add(DateOnly on, Money amount)
        {
            amount = Money.Min(amount, file.Balance);
            if (amount > Money.Zero(amount.Currency))
                said.Add(new(on, amount, IsCash: true));
        }
    }

    public static Money Doubtful(CaseFile file, Policy policy) =>
        file.Silences.Insolvency is not null || Waiting.HasWholeDispute(file, policy) || file.Steps.Any(s => s is { HandsOver: true, Outcome: StepOutcome.Happened })
            ? file.Balance
            : Waiting.DisputedAmount(file);
}
