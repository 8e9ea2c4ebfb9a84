namespace Dunning.Service.Rendering;

/// <summary>Which text: read from, and written back to, the file's place <c>fr/formal-notice.email.consumer.txt</c>.</summary>
internal sealed record TextKey(string Language, string Template, string Channel, bool Consumer)
{
    private static readonly string[] Templates = ["courtesy", "first-reminder", "firm-reminder", "final-reminder", "formal-notice"];
    private static readonly string[] Channels = ["email", "sms", "letter"];

    public string File => $"{Language}/{Template}.{Channel}{(Consumer ? ".consumer" : "")}.txt";

    /// <summary>The key of a file, or null with what is wrong with its name.</summary>
    public static TextKey? Parse(string language, string fileName, List<string> faults)
    {
        var before = faults.Count;
        var parts = fileName.Split('.');
        var isConsumer = parts is [_, _, "consumer", "txt"];
        var place = $"{language}/{fileName}:1";
        if (!TextLanguage.All.Contains(language))
            faults.Add($"{place}: unknown language \"{language}\"; known: {string.Join(", ", TextLanguage.All)}");
        if (!isConsumer && parts is not [_, _, "txt"])
        {
            faults.Add($"{place}: a text is called <template>.<channel>.txt or <template>.<channel>.consumer.txt");
            return null;
        }
        if (!Templates.Contains(parts[0]))
            faults.Add($"{place}: unknown template \"{parts[0]}\"; known: {string.Join(", ", Templates)}");
        if (!Channels.Contains(parts[1]))
            faults.Add($"{place}: unknown channel \"{parts[1]}\"; known: {string.Join(", ", Channels)}");
        return faults.Count > before ? null : new TextKey(language, parts[0], parts[1], isConsumer);
    }
}
