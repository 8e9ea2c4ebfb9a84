using System.Security.Cryptography;
using System.Text;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace Dunning.Functions.Orchestration;

/// <summary>
/// The voice that speaks to one debtor: while several of its cases have something to say, their messages are gathered here, one gathering after the other, so that
/// what may leave together is not torn apart by cases that wake at the same instant. It knows keys and nothing else, and ends when nobody has anything to say. One
/// that fails, or a word that gets lost, costs nothing but the wait: the case speaks for itself (<see cref="NextAct.Handed"/>).
/// </summary>
public static class VoiceOrchestration
{
    public const string Name = "DebtorVoice";

    /// <summary>Carries the key of a message.</summary>
    public const string Word = nameof(Word);

    // Four or five events each: as short a history as that of a case.
    private const int MostWords = 10;

    private static readonly TaskOptions Patiently = TaskOptions.FromRetryPolicy(new(maxNumberOfAttempts: 3, firstRetryInterval: TimeSpan.FromSeconds(5), backoffCoefficient: 3));

    /// <summary>The instance of a debtor: nothing of whom can be read in it.</summary>
    public static string Of(string creditor, string debtor) => $"voice-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{creditor}\n{debtor}")))[..32]}";

    [Function(Name)]
    public static async Task DebtorVoice([OrchestrationTrigger] TaskOrchestrationContext context, string key)
    {
        var word = context.WaitForExternalEvent<string>(Word);
        for (var spoken = 1; ; spoken++)
        {
            try
            {
                await context.CallActivityAsync(nameof(CaseActivities.Speak), key, Patiently);
            }
            catch (TaskFailedException)
            {
                // Its case does not hear of it, and speaks for itself when its patience ends.
            }
            if (!word.IsCompleted)
                return;
            key = await word;
            if (spoken >= MostWords)
            {
                context.ContinueAsNew(key);
                return;
            }
            word = context.WaitForExternalEvent<string>(Word);
        }
    }
}
