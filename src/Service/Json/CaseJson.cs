using System.Text.Json;
using System.Text.Json.Serialization;
using Dunning.Domain;

namespace Dunning.Service.Json;

/// <summary>
/// A case, as the serializer would write it. By hand, because a state is written at every moment of every case: reflection took a third
/// of a case's whole life. The tests hold it to what reflection writes, property by property.
/// </summary>
internal sealed class CaseJson : JsonConverter<DunningCase>
{
    public override DunningCase Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var (type, file, because, at) = ("", default(CaseFile), default(CaseStatus), default(DateTimeOffset));
        reader.Expect(JsonTokenType.StartObject);
        while (reader.NextProperty())
        {
            if (reader.Is("type"u8))
                type = reader.Text();
            else if (reader.Is("file"u8))
                file = CaseFileJson.Read(ref reader, options);
            else if (reader.Is("because"u8))
                because = Named<CaseStatus>.Read(ref reader);
            else if (reader.Is("at"u8))
                at = reader.GetDateTimeOffset();
            else
                reader.SkipValue();
        }
        return (type, file) switch
        {
            ("open", not null) => new DunningCase.Open(file),
            ("closed", not null) => new DunningCase.Closed(file, because, at),
            ("unregistered", null) => DunningCase.Unregistered.Instance,
            _ => throw new JsonException($"'{type}' is not a case."),
        };
    }

    public override void Write(Utf8JsonWriter writer, DunningCase value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteString("type"u8, value switch { DunningCase.Open => "open"u8, DunningCase.Closed => "closed"u8, _ => "unregistered"u8 });
        if (value.Known is { } file)
        {
            writer.WritePropertyName("file"u8);
            CaseFileJson.Write(writer, file, options);
        }
        if (value is DunningCase.Closed closed)
        {
            Named<CaseStatus>.Write(writer, "because"u8, closed.Because);
            writer.Instant("at"u8, closed.At);
        }
        writer.WriteEndObject();
    }
}

internal static class CaseFileJson
{
    public static CaseFile Read(ref Utf8JsonReader reader, JsonSerializerOptions options)
    {
        var (id, creditor, invoice, debtor, policy, movedFrom, account) = ("", "", default(Invoice), default(Debtor), default(PolicyRef), default(PolicyRef), default(Account));
        var (registeredAt, notBefore, reviewAt, limitationAlertAt) = (default(DateTimeOffset), default(DateTimeOffset), default(DateTimeOffset?), default(DateTimeOffset?));
        var recognisedOn = default(DateOnly?);
        var (schema, tasksOpened, silences, stopped) = (0, 0, Silences.None, default(Stop));
        var (ladderDone, accessoriesAsked, isCancelled, isWrittenOff) = (false, false, false, false);
        var (steps, tasks, badAddresses) = (default(Items<StepRecord>), default(Items<CaseTask>), default(Items<Channel>));
        var (applied, approved, hastened) = (default(Items<string>), default(Items<string>), default(Items<string>));
        var (confirmations, procedure) = (default(Items<StepRecord>), default(Items<ProcedureEntry>));
        reader.Expect(JsonTokenType.StartObject);
        while (reader.NextProperty())
        {
            if (reader.Is("id"u8))
                id = reader.Text();
            else if (reader.Is("creditor"u8))
                creditor = reader.Text();
            else if (reader.Is("invoice"u8))
                invoice = InvoiceJson.ReadFrom(ref reader);
            else if (reader.Is("debtor"u8))
                debtor = DebtorJson.ReadFrom(ref reader, options);
            else if (reader.Is("policy"u8))
                policy = ReadPolicy(ref reader);
            else if (reader.Is("registeredAt"u8))
                registeredAt = reader.GetDateTimeOffset();
            else if (reader.Is("account"u8))
                account = reader.Value<Account>(options);
            else if (reader.Is("schema"u8))
                schema = reader.GetInt32();
            else if (reader.Is("silences"u8))
                silences = reader.Value<Silences>(options);
            else if (reader.Is("steps"u8))
                steps = StepJson.ReadAll(ref reader);
            else if (reader.Is("notBefore"u8))
                notBefore = reader.GetDateTimeOffset();
            else if (reader.Is("movedFrom"u8))
                movedFrom = ReadPolicy(ref reader);
            else if (reader.Is("stopped"u8))
                stopped = reader.Value<Stop>(options);
            else if (reader.Is("tasks"u8))
                tasks = reader.Value<Items<CaseTask>>(options);
            else if (reader.Is("tasksOpened"u8))
                tasksOpened = reader.GetInt32();
            else if (reader.Is("applied"u8))
                applied = reader.Value<Items<string>>(options);
            else if (reader.Is("approved"u8))
                approved = reader.Value<Items<string>>(options);
            else if (reader.Is("hastened"u8))
                hastened = reader.Value<Items<string>>(options);
            else if (reader.Is("badAddresses"u8))
                badAddresses = reader.Value<Items<Channel>>(options);
            else if (reader.Is("reviewAt"u8))
                reviewAt = reader.GetDateTimeOffset();
            else if (reader.Is("limitationAlertAt"u8))
                limitationAlertAt = reader.GetDateTimeOffset();
            else if (reader.Is("recognisedOn"u8))
                recognisedOn = reader.Date();
            else if (reader.Is("ladderDone"u8))
                ladderDone = reader.GetBoolean();
            else if (reader.Is("confirmations"u8))
                confirmations = StepJson.ReadAll(ref reader);
            else if (reader.Is("procedure"u8))
                procedure = reader.Value<Items<ProcedureEntry>>(options);
            else if (reader.Is("accessoriesAsked"u8))
                accessoriesAsked = reader.GetBoolean();
            else if (reader.Is("isCancelled"u8))
                isCancelled = reader.GetBoolean();
            else if (reader.Is("isWrittenOff"u8))
                isWrittenOff = reader.GetBoolean();
            else
                reader.SkipValue();
        }
        if (invoice is null || debtor is null || policy is null || account is null)
            throw new JsonException("A case needs an invoice, a debtor, a policy and an account.");
        return new(id, creditor, invoice, debtor, policy, registeredAt, account)
        {
            Schema = schema,
            Silences = silences,
            Steps = steps,
            NotBefore = notBefore,
            MovedFrom = movedFrom,
            Stopped = stopped,
            Tasks = tasks,
            TasksOpened = tasksOpened,
            Applied = applied,
            Approved = approved,
            Hastened = hastened,
            BadAddresses = badAddresses,
            ReviewAt = reviewAt,
            LimitationAlertAt = limitationAlertAt,
            RecognisedOn = recognisedOn,
            LadderDone = ladderDone,
            Confirmations = confirmations,
            Procedure = procedure,
            AccessoriesAsked = accessoriesAsked,
            IsCancelled = isCancelled,
            IsWrittenOff = isWrittenOff,
        };
    }

    public static void Write(Utf8JsonWriter writer, CaseFile file, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.Text("id"u8, file.Id);
        writer.Text("creditor"u8, file.Creditor);
        writer.WritePropertyName("invoice"u8);
        InvoiceJson.WriteTo(writer, file.Invoice);
        writer.WritePropertyName("debtor"u8);
        DebtorJson.WriteTo(writer, file.Debtor, options);
        Write(writer, "policy"u8, file.Policy);
        writer.Instant("registeredAt"u8, file.RegisteredAt);
        writer.Value("account"u8, file.Account, options);
        writer.Number("schema"u8, file.Schema);
        if (!Silences.None.Equals(file.Silences))
            writer.Value("silences"u8, file.Silences, options);
        StepJson.WriteAll(writer, "steps"u8, file.Steps);
        writer.Instant("notBefore"u8, file.NotBefore);
        if (file.MovedFrom is { } movedFrom)
            Write(writer, "movedFrom"u8, movedFrom);
        writer.Value("stopped"u8, file.Stopped, options);
        writer.List("tasks"u8, file.Tasks, options);
        writer.Number("tasksOpened"u8, file.TasksOpened);
        writer.List("applied"u8, file.Applied, options);
        writer.List("approved"u8, file.Approved, options);
        writer.List("hastened"u8, file.Hastened, options);
        writer.List("badAddresses"u8, file.BadAddresses, options);
        writer.Instant("reviewAt"u8, file.ReviewAt);
        writer.Instant("limitationAlertAt"u8, file.LimitationAlertAt);
        writer.Date("recognisedOn"u8, file.RecognisedOn);
        writer.Flag("ladderDone"u8, file.LadderDone);
        StepJson.WriteAll(writer, "confirmations"u8, file.Confirmations);
        writer.List("procedure"u8, file.Procedure, options);
        writer.Flag("accessoriesAsked"u8, file.AccessoriesAsked);
        writer.Flag("isCancelled"u8, file.IsCancelled);
        writer.Flag("isWrittenOff"u8, file.IsWrittenOff);
        writer.WriteEndObject();
    }

    private static PolicyRef ReadPolicy(ref Utf8JsonReader reader)
    {
        var (name, version, creditor) = ("", 0, default(string));
        reader.Expect(JsonTokenType.StartObject);
        while (reader.NextProperty())
        {
            if (reader.Is("name"u8))
                name = reader.Text();
            else if (reader.Is("version"u8))
                version = reader.GetInt32();
            else if (reader.Is("creditor"u8))
                creditor = reader.GetString();
            else
                reader.SkipValue();
        }
        return new(name, version, creditor);
    }

    private static void Write(Utf8JsonWriter writer, ReadOnlySpan<byte> name, PolicyRef policy)
    {
        writer.WriteStartObject(name);
        writer.Text("name"u8, policy.Name);
        writer.Number("version"u8, policy.Version);
        writer.Text("creditor"u8, policy.Creditor);
        writer.WriteEndObject();
    }
}
