using System.Text.Json;
using Dunning.Domain;

namespace Dunning.Service.Json;

/// <inheritdoc cref="CaseJson"/>
internal static class StepJson
{
    public static Items<StepRecord> ReadAll(ref Utf8JsonReader reader)
    {
        var steps = new List<StepRecord>();
        reader.Expect(JsonTokenType.StartArray);
        while (reader.NextElement())
            steps.Add(Read(ref reader));
        return [.. steps];
    }

    public static void WriteAll(Utf8JsonWriter writer, ReadOnlySpan<byte> name, Items<StepRecord> steps)
    {
        if (steps.Count == 0)
            return;
        writer.WriteStartArray(name);
        foreach (var step in steps)
            Write(writer, step);
        writer.WriteEndArray();
    }

    private static StepRecord Read(ref Utf8JsonReader reader)
    {
        var (id, offset, formal, decidedOn, outcome) = ("", 0, false, default(DateOnly), default(StepOutcome));
        var (handsOver, template, deadline, deadlineDays) = (false, default(string), default(DateOnly?), default(int?));
        var (legs, at, why, about) = (default(Items<Leg>), default(DateTimeOffset?), default(string), default(string));
        reader.Expect(JsonTokenType.StartObject);
        while (reader.NextProperty())
        {
            if (reader.Is("id"u8))
                id = reader.Text();
            else if (reader.Is("offset"u8))
                offset = reader.GetInt32();
            else if (reader.Is("formal"u8))
                formal = reader.GetBoolean();
            else if (reader.Is("decidedOn"u8))
                decidedOn = reader.Date();
            else if (reader.Is("outcome"u8))
                outcome = Named<StepOutcome>.Read(ref reader);
            else if (reader.Is("handsOver"u8))
                handsOver = reader.GetBoolean();
            else if (reader.Is("template"u8))
                template = reader.GetString();
            else if (reader.Is("deadline"u8))
                deadline = reader.Date();
            else if (reader.Is("deadlineDays"u8))
                deadlineDays = reader.GetInt32();
            else if (reader.Is("legs"u8))
                legs = ReadLegs(ref reader);
            else if (reader.Is("at"u8))
                at = reader.GetDateTimeOffset();
            else if (reader.Is("why"u8))
                why = reader.GetString();
            else if (reader.Is("about"u8))
                about = reader.GetString();
            else
                reader.SkipValue();
        }
        return new(id, offset, formal, decidedOn, outcome)
        {
            HandsOver = handsOver,
            Template = template,
            Deadline = deadline,
            DeadlineDays = deadlineDays,
            Legs = legs,
            About = about,
            At = at,
            Why = why,
        };
    }

    private static void Write(Utf8JsonWriter writer, StepRecord step)
    {
        writer.WriteStartObject();
        writer.Text("id"u8, step.Id);
        writer.Number("offset"u8, step.Offset);
        writer.Flag("formal"u8, step.Formal);
        writer.Date("decidedOn"u8, step.DecidedOn);
        Named<StepOutcome>.Write(writer, "outcome"u8, step.Outcome);
        writer.Flag("handsOver"u8, step.HandsOver);
        writer.Text("template"u8, step.Template);
        writer.Date("deadline"u8, step.Deadline);
        if (step.DeadlineDays is { } days)
            writer.WriteNumber("deadlineDays"u8, days);
        if (step.Legs.Count > 0)
        {
            writer.WriteStartArray("legs"u8);
            foreach (var leg in step.Legs)
                Write(writer, leg);
            writer.WriteEndArray();
        }
        writer.Text("about"u8, step.About);
        writer.Instant("at"u8, step.At);
        writer.Text("why"u8, step.Why);
        writer.WriteEndObject();
    }

    private static Items<Leg> ReadLegs(ref Utf8JsonReader reader)
    {
        var legs = new List<Leg>();
        reader.Expect(JsonTokenType.StartArray);
        while (reader.NextElement())
            legs.Add(ReadLeg(ref reader));
        return [.. legs];
    }

    private static Leg ReadLeg(ref Utf8JsonReader reader)
    {
        var (channel, sending, status, at) = (default(Channel), 0, default(LegStatus), default(DateTimeOffset));
        var (retryAt, triedSince, giveUpAt) = (default(DateTimeOffset?), default(DateTimeOffset?), default(DateTimeOffset?));
        var (why, registered, postedOn, postBy) = (default(string), false, default(DateOnly?), default(DateTimeOffset?));
        var (callBy, toOldAddress, tracking) = (default(DateTimeOffset?), false, default(string));
        var (demanded, joined) = (default(Demand), default(string));
        reader.Expect(JsonTokenType.StartObject);
        while (reader.NextProperty())
        {
            if (reader.Is("channel"u8))
                channel = Named<Channel>.Read(ref reader);
            else if (reader.Is("sending"u8))
                sending = reader.GetInt32();
            else if (reader.Is("status"u8))
                status = Named<LegStatus>.Read(ref reader);
            else if (reader.Is("at"u8))
                at = reader.GetDateTimeOffset();
            else if (reader.Is("retryAt"u8))
                retryAt = reader.GetDateTimeOffset();
            else if (reader.Is("triedSince"u8))
                triedSince = reader.GetDateTimeOffset();
            else if (reader.Is("giveUpAt"u8))
                giveUpAt = reader.GetDateTimeOffset();
            else if (reader.Is("why"u8))
                why = reader.GetString();
            else if (reader.Is("registered"u8))
                registered = reader.GetBoolean();
            else if (reader.Is("postedOn"u8))
                postedOn = reader.Date();
            else if (reader.Is("demanded"u8))
                demanded = ReadDemand(ref reader);
            else if (reader.Is("tracking"u8))
                tracking = reader.GetString();
            else if (reader.Is("joined"u8))
                joined = reader.GetString();
            else if (reader.Is("postBy"u8))
                postBy = reader.GetDateTimeOffset();
            else if (reader.Is("callBy"u8))
                callBy = reader.GetDateTimeOffset();
            else if (reader.Is("toOldAddress"u8))
                toOldAddress = reader.GetBoolean();
            else
                reader.SkipValue();
        }
        return new(channel, sending, status, at)
        {
            RetryAt = retryAt,
            TriedSince = triedSince,
            GiveUpAt = giveUpAt,
            Why = why,
            Registered = registered,
            PostedOn = postedOn,
            Tracking = tracking,
            PostBy = postBy,
            CallBy = callBy,
            ToOldAddress = toOldAddress,
            Demanded = demanded,
            Joined = joined,
        };
    }

    private static void Write(Utf8JsonWriter writer, Leg leg)
    {
        writer.WriteStartObject();
        Named<Channel>.Write(writer, "channel"u8, leg.Channel);
        writer.Number("sending"u8, leg.Sending);
        Named<LegStatus>.Write(writer, "status"u8, leg.Status);
        writer.Instant("at"u8, leg.At);
        writer.Instant("retryAt"u8, leg.RetryAt);
        writer.Instant("triedSince"u8, leg.TriedSince);
        writer.Instant("giveUpAt"u8, leg.GiveUpAt);
        writer.Text("why"u8, leg.Why);
        writer.Flag("registered"u8, leg.Registered);
        writer.Date("postedOn"u8, leg.PostedOn);
        writer.Text("tracking"u8, leg.Tracking);
        writer.Instant("postBy"u8, leg.PostBy);
        writer.Instant("callBy"u8, leg.CallBy);
        writer.Flag("toOldAddress"u8, leg.ToOldAddress);
        writer.Text("joined"u8, leg.Joined);
        if (leg.Demanded is { } demand)
        {
            writer.WriteStartObject("demanded"u8);
            writer.Date("on"u8, demand.On);
            writer.Text("interest"u8, demand.Interest.ToString());
            writer.Text("indemnity"u8, demand.Indemnity.ToString());
            writer.WriteEndObject();
        }
        writer.WriteEndObject();
    }

    private static Demand ReadDemand(ref Utf8JsonReader reader)
    {
        var (on, interest, indemnity) = (default(DateOnly), default(Money), default(Money));
        reader.Expect(JsonTokenType.StartObject);
        while (reader.NextProperty())
        {
            if (reader.Is("on"u8))
                on = reader.Date();
            else if (reader.Is("interest"u8))
                interest = Money.Parse(reader.Text());
            else if (reader.Is("indemnity"u8))
                indemnity = Money.Parse(reader.Text());
            else
                reader.SkipValue();
        }
        return new(on, interest, indemnity);
    }
}
