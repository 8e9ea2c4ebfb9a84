using Dunning.Domain;
using Dunning.Service.Api;

namespace Dunning.Service.Figures;

internal static class TrialViews
{
    public static TrialView Of(PolicyTrial trial) => new(
        "trial", trial.Split.Since, trial.Split.EndedOn, trial.Split.PercentB, trial.Days, PolicyTrial.LeastDebtors, [Arm("A", trial.A), Arm("B", trial.B)],
        Reckoning.Round(trial.Difference?.Points), Reckoning.Round(trial.Difference?.Low), Reckoning.Round(trial.Difference?.High), trial.LeftOut, trial.Moved, ApiJson.Name(trial.Verdict));

    private static ArmView Arm(string name, TrialArm arm) => new(
        name, arm.Policy.Name, arm.Policy.Version, arm.Debtors, arm.Invoices, arm.Paid, Reckoning.Round(arm.PercentPaid), Reckoning.Round(arm.Interval?.Low), Reckoning.Round(arm.Interval?.High),
        arm.Collectible.Amount(), arm.Collected.Amount(), Reckoning.Round(arm.PercentCollected));
}
