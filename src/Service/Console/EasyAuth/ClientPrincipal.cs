using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Dunning.Service.Console.EasyAuth;

/// <summary>
/// Who App Service says has signed in, as it puts it in a header that it takes away from every request from outside (App Service authentication, "Access user claims"). Where it does not stand in front of us
/// anybody can write that header: who reads it must know that it does.
/// </summary>
internal sealed record ClientPrincipal(string Provider, ILookup<string, string> Claims, string NameType, string RoleType)
{
    public const string Header = "X-MS-CLIENT-PRINCIPAL";

    private const int Longest = 64 * 1024;

    private const string ObjectId = "http://schemas.microsoft.com/identity/claims/objectidentifier";
    private const string TenantId = "http://schemas.microsoft.com/identity/claims/tenantid";
    private const string LongRole = "http://schemas.microsoft.com/ws/2008/06/identity/claims/role";

    /// <summary>The person's id in their directory, which never changes.</summary>
    public string? Id => Claims["oid"].Concat(Claims[ObjectId]).FirstOrDefault();

    public string? Tenant => Claims["tid"].Concat(Claims[TenantId]).FirstOrDefault();

    public string? Name => Claims[NameType].Concat(Claims["name"]).Concat(Claims["preferred_username"]).FirstOrDefault();

    public IEnumerable<string> Roles => Claims[RoleType].Concat(Claims["roles"]).Concat(Claims[LongRole]).Distinct();

    public IEnumerable<string> Groups => Claims["groups"];

    /// <summary>Null without a header, or with one that cannot be read.</summary>
    public static ClientPrincipal? Read(HttpContext http)
    {
        if (http.Request.Headers[Header] is not [{ Length: > 0 and <= Longest } header])
            return null;
        try
        {
            using var json = JsonDocument.Parse(Convert.FromBase64String(header));
            var root = json.RootElement;
            var claims = root.GetProperty("claims").EnumerateArray().Select(c => (Type: c.GetProperty("typ").GetString(), Value: c.GetProperty("val").GetString())).Where(c => c is { Type: not null, Value: not null })
                .ToLookup(c => c.Type!, c => c.Value!, StringComparer.Ordinal);
            return new(root.GetProperty("auth_typ").GetString() ?? "", claims, Text(root, "name_typ"), Text(root, "role_typ"));
        }
        catch (Exception unreadable) when (unreadable is FormatException or JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }

    private static string Text(JsonElement json, string name) => json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
}
