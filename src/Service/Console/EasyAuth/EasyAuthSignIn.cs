using System.Security.Cryptography;
using System.Text;
using Dunning.Service.Api;
using Microsoft.AspNetCore.Http;

namespace Dunning.Service.Console.EasyAuth;

/// <summary>
/// Signs in whoever App Service authentication let in with an account of one Entra tenant, by the app roles they were given. Only for a host that is reached through App Service alone, and was told so: the
/// header is believed as it comes. Their forms are tied to a MAC over the account under the installation's own secret: the ids of an account are no secret.
/// </summary>
public sealed class EasyAuthSignIn(EasyAuthSettings settings, ServerSecret installation) : ISignIn
{
    private const string Entra = "aad";

    private static readonly (string Name, Role Role)[] Roles = [("Dunning.Admin", Role.Admin), ("Dunning.Operator", Role.Operator), ("Dunning.Read", Role.Read)];

    public bool TakesKeys => false;

    public string AfterSignOut => "/.auth/logout?post_logout_redirect_uri=/console";

    /// <summary>Nobody yet: to the login page. Somebody without a role is told so.</summary>
    public string? DoorOf(HttpContext http) => ClientPrincipal.Read(http) is null ? "/.auth/login/aad?post_login_redirect_uri=/console" : null;

    public Task<SignedIn?> Who(HttpContext http, CancellationToken ct) => Task.FromResult(ClientPrincipal.Read(http) is { } principal ? Who(principal, installation.KeyFor(ServerSecret.ConsoleForms)) : null);

    public Task<bool> SignIn(HttpContext http, string key, CancellationToken ct) => Task.FromResult(false);

    public Task SignOut(HttpContext http, CancellationToken ct) => Task.CompletedTask;

    private SignedIn? Who(ClientPrincipal principal, byte[] key)
    {
        if (principal is not { Provider: Entra, Id: { Length: > 0 } id } || principal.Tenant != settings.Tenant)
            return null;
        var role = Roles.FirstOrDefault(r => principal.Roles.Contains(r.Name, StringComparer.Ordinal)).Role;
        if (role == Role.Anonymous || !settings.MaySee(principal.Groups, out var creditors))
            return null;
        return new(new($"entra:{id}", role, creditors), principal.Name ?? id, Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{principal.Tenant}\n{id}"))));
    }
}
