namespace Dunning.Service.Audit;

/// <summary>What is said of each thing that can be wrong with the record.</summary>
internal static class FaultWords
{
    public static readonly Told RowMissing = new("it is missing", "il manque");

    public static readonly Told RowChanged = new("it is not what was acknowledged", "il n’est pas ce qui a été enregistré");

    public static readonly Told ActChanged = new("it is not what was written, or one before it is missing", "elle n’est pas ce qui a été écrit, ou une entrée avant elle manque");

    public static readonly Told NoJson = new("it, or what stands beside it, is no JSON", "ce n’est pas du JSON, ou ce qui est à côté n’en est pas");

    public static readonly Told ValueChanged =
        new("a personal value beside it is not the one it refers to", "une donnée personnelle à côté de lui n’est pas celle à laquelle il renvoie");

    public static readonly Told ValueGone = new(
        "personal values beside it are gone, and no erasure on the record took them away", "des données personnelles à côté de lui ont disparu sans effacement consigné");

    public static readonly Told NothingErased = new("it claims to have been erased, and held nothing to erase", "il se dit effacé, et n’avait rien à effacer");

    public static readonly Told Unsigned = new("nobody signed it", "personne ne l’a signée");

    public static readonly Told WrongSignature = new("its signature does not fit it", "sa signature n’est pas la sienne");

    public static readonly Told DoesNotFollow =
        new("it does not follow the digest before it: one was changed or taken away", "elle ne suit pas l’empreinte précédente\u00A0: l’une d’elles a été modifiée ou retirée");

    public static readonly Told OtherHeads = new("the heads it covers are not those it signed", "les journaux qu’elle couvre ne sont pas ceux qu’elle a signés");

    public static readonly Told NoCopy = new("the copy that was written out is not there", "la copie qui en a été écrite n’est pas là");

    public static readonly Told OtherCopy = new("the copy that was written out says something else", "la copie qui en a été écrite dit autre chose");

    public static readonly Told OnlyCopy = new("it was written out, and is not in the store any more", "sa copie a été écrite, et elle n’est plus dans la base");

    public static Told UnknownKey(string key) => new(
        $"it is signed by key {key}, whose public half is not trusted here: its signature cannot be judged",
        $"elle est signée par la clé {key}, dont la partie publique n’est pas connue ici\u00A0: sa signature ne peut pas être vérifiée");

    public static Told KeyUnsaid(string key) => new(
        $"another key, {key}, signed it than the one before, and no change of key is on the record", $"une autre clé que la précédente, {key}, l’a signée, et aucun changement de clé n’est consigné");

    public static Told KeyChanged(string key) => new(
        $"from here on another key signs, {key}; the change is on the record", $"une autre clé signe à partir d’ici, {key}\u00A0; le changement est consigné");

    public static Told KeyWillChange(string key) => new(
        $"the last one that the key before signed: the host has another, {key}", $"la dernière signée par la clé précédente\u00A0: l’hôte en a une autre, {key}");

    public static Told Gone(string day) => new($"the digest of {day} covers it, and it is not there", $"l’empreinte du {day} le couvre, et il n’est pas là");

    public static Told TooShort(string day) =>
        new($"the digest of {day} covers it, and the log does not reach that far", $"l’empreinte du {day} le couvre, et le journal ne va pas jusque-là");

    public static Told WrittenAnew(string day) => new(
        $"the digest of {day} covers another one: the log was written anew since", $"l’empreinte du {day} en couvre un autre\u00A0: le journal a été réécrit depuis");
}
