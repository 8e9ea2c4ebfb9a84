using Dunning.Domain;

namespace Dunning.Service.Console.Casework;

internal static class MessageLinks
{
    public static string To(string key)
    {
        var parsed = MessageKey.Parse(key);
        return $"/console/cases/{parsed.Case}/messages/{parsed.Step}/{MessageKey.Name(parsed.Channel)}/{parsed.Sending}";
    }
}
