using System.Text.Json;
using System.Text.Json.Serialization;
using Dunning.Domain;

namespace Dunning.Service.Json;

/// <inheritdoc cref="CaseJson"/>
internal sealed class InvoiceJson : JsonConverter<Invoice>
{
    public static Invoice ReadFrom(ref Utf8JsonReader reader)
    {
        var (number, issued, due, amount) = ("", default(DateOnly), default(DateOnly), default(Money));
        var (purchaseOrder, description, paymentUrl, unsent, sentAt) = (default(string), default(string), default(string), false, default(DateTimeOffset?));
        var payee = default(Payee);
        reader.Expect(JsonTokenType.StartObject);
        while (reader.NextProperty())
        {
            if (reader.Is("number"u8))
                number = reader.Text();
            else if (reader.Is("issueDate"u8))
                issued = reader.Date();
            else if (reader.Is("dueDate"u8))
                due = reader.Date();
            else if (reader.Is("amount"u8))
                amount = Money.Parse(reader.Text());
            else if (reader.Is("purchaseOrder"u8))
                purchaseOrder = reader.GetString();
            else if (reader.Is("description"u8))
                description = reader.GetString();
            else if (reader.Is("paymentUrl"u8))
                paymentUrl = reader.GetString();
            else if (reader.Is("payee"u8))
                payee = ReadPayee(ref reader);
            else if (reader.Is("unsent"u8))
                unsent = reader.GetBoolean();
            else if (reader.Is("sentAt"u8))
                sentAt = reader.GetDateTimeOffset();
            else
                reader.SkipValue();
        }
        return new(number, issued, due, amount) { PurchaseOrder = purchaseOrder, Description = description, PaymentUrl = paymentUrl, Payee = payee, Unsent = unsent, SentAt = sentAt };
    }

    public static void WriteTo(Utf8JsonWriter writer, Invoice invoice)
    {
        writer.WriteStartObject();
        writer.Text("number"u8, invoice.Number);
        writer.Date("issueDate"u8, invoice.IssueDate);
        writer.Date("dueDate"u8, invoice.DueDate);
        writer.Text("amount"u8, invoice.Amount.ToString());
        writer.Text("purchaseOrder"u8, invoice.PurchaseOrder);
        writer.Text("description"u8, invoice.Description);
        writer.Text("paymentUrl"u8, invoice.PaymentUrl);
        if (invoice.Payee is { } payee)
        {
            writer.WriteStartObject("payee"u8);
            writer.Text("name"u8, payee.Name);
            writer.Text("iban"u8, payee.Iban);
            writer.Text("bic"u8, payee.Bic);
            writer.WriteEndObject();
        }
        writer.Flag("unsent"u8, invoice.Unsent);
        writer.Instant("sentAt"u8, invoice.SentAt);
        writer.WriteEndObject();
    }

    private static Payee ReadPayee(ref Utf8JsonReader reader)
    {
        var (name, iban, bic) = ("", "", default(string));
        reader.Expect(JsonTokenType.StartObject);
        while (reader.NextProperty())
        {
            if (reader.Is("name"u8))
                name = reader.Text();
            else if (reader.Is("iban"u8))
                iban = reader.Text();
            else if (reader.Is("bic"u8))
                bic = reader.GetString();
            else
                reader.SkipValue();
        }
        return new(name, iban, bic);
    }

    public override Invoice Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => ReadFrom(ref reader);

    public override void Write(Utf8JsonWriter writer, Invoice value, JsonSerializerOptions options) => WriteTo(writer, value);
}

/// <inheritdoc cref="CaseJson"/>
internal sealed class DebtorJson : JsonConverter<Debtor>
{
    public static Debtor ReadFrom(ref Utf8JsonReader reader, JsonSerializerOptions options)
    {
        var (id, name, kind, country, language) = ("", "", default(DebtorKind), "", "");
        var (email, phone, address, siren) = (default(string), default(string), default(PostalAddress), default(string));
        IReadOnlyList<Contact> contacts = [];
        reader.Expect(JsonTokenType.StartObject);
        while (reader.NextProperty())
        {
            if (reader.Is("id"u8))
                id = reader.Text();
            else if (reader.Is("name"u8))
                name = reader.Text();
            else if (reader.Is("kind"u8))
                kind = Named<DebtorKind>.Read(ref reader);
            else if (reader.Is("country"u8))
                country = reader.Text();
            else if (reader.Is("language"u8))
                language = reader.Text();
            else if (reader.Is("email"u8))
                email = reader.GetString();
            else if (reader.Is("phone"u8))
                phone = reader.GetString();
            else if (reader.Is("address"u8))
                address = reader.TokenType == JsonTokenType.Null ? null : ReadAddress(ref reader);
            else if (reader.Is("siren"u8))
                siren = reader.GetString();
            else if (reader.Is("contacts"u8))
                contacts = reader.List<Contact>(options);
            else
                reader.SkipValue();
        }
        return new(id, name, kind, country, language) { Email = email, Phone = phone, Address = address, Siren = siren, Contacts = contacts };
    }

    public static void WriteTo(Utf8JsonWriter writer, Debtor debtor, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.Text("id"u8, debtor.Id);
        writer.Text("name"u8, debtor.Name);
        Named<DebtorKind>.Write(writer, "kind"u8, debtor.Kind);
        writer.Text("country"u8, debtor.Country);
        writer.Text("language"u8, debtor.Language);
        writer.Text("email"u8, debtor.Email);
        writer.Text("phone"u8, debtor.Phone);
        if (debtor.Address is { } address)
            Write(writer, address);
        writer.Text("siren"u8, debtor.Siren);
        writer.List("contacts"u8, debtor.Contacts, options);
        writer.WriteEndObject();
    }

    public override Debtor Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => ReadFrom(ref reader, options);

    public override void Write(Utf8JsonWriter writer, Debtor value, JsonSerializerOptions options) => WriteTo(writer, value, options);

    private static PostalAddress ReadAddress(ref Utf8JsonReader reader)
    {
        var (line1, line2, postalCode, city) = ("", default(string), "", "");
        reader.Expect(JsonTokenType.StartObject);
        while (reader.NextProperty())
        {
            if (reader.Is("line1"u8))
                line1 = reader.Text();
            else if (reader.Is("line2"u8))
                line2 = reader.GetString();
            else if (reader.Is("postalCode"u8))
                postalCode = reader.Text();
            else if (reader.Is("city"u8))
                city = reader.Text();
            else
                reader.SkipValue();
        }
        return new(line1, line2, postalCode, city);
    }

    private static void Write(Utf8JsonWriter writer, PostalAddress address)
    {
        writer.WriteStartObject("address"u8);
        writer.Text("line1"u8, address.Line1);
        writer.Text("line2"u8, address.Line2);
        writer.Text("postalCode"u8, address.PostalCode);
        writer.Text("city"u8, address.City);
        writer.WriteEndObject();
    }
}
