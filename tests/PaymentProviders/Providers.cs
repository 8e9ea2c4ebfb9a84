using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Dunning.Service.Links;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace Dunning.PaymentProviders;

/// <summary>A link as the stand-in keeps it: Account is the key that made it.</summary>
internal sealed record MadeObject(string Provider, string Id, string Account, long Minor, string Currency, string CaseId)
{
    public bool IsRevoked { get; set; }

    public string Url { get; set; } = "";

    public int Flows { get; set; }

    public List<PaidObject> Paid { get; } = [];
}

/// <summary>Money that came by a link. Status is in the provider's own words.</summary>
internal sealed record PaidObject(string Id, long Minor)
{
    public string Status { get; set; } = "";

    public long Refunded { get; set; }

    /// <summary>A refund that was counted, and failed.</summary>
    public long RefundFailed { get; set; }

    public long Disputed { get; set; }
}

/// <summary>
/// Stripe, GoCardless and Mollie as far as we ask them, on one port of this machine: links with state, idempotency keys honoured the way each does, objects seen only by
/// the account that made them, and a switch that takes them all down.
/// </summary>
internal sealed class Providers : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Lock _lock = new();
    private readonly Dictionary<(string Account, string Path, string Key), string> _keys = [];
    private readonly Dictionary<string, (long Minor, string Currency)> _prices = [];
    private int _number;
    private int _meanwhile;
    private readonly DateTimeOffset _clock = TimeProvider.System.GetUtcNow();
    private int _ticks;

    private Providers(WebApplication app) => _app = app;

    public static string[] All => ["stripe", "gocardless", "mollie"];

    public ConcurrentQueue<string> Requests { get; } = new();

    public List<MadeObject> Links { get; } = [];

    public bool IsDown { get; set; }

    /// <summary>Requests whose path contains it are answered 500; null answers all.</summary>
    public string? Breaks { get; set; }

    /// <summary>GoCardless may collect a debit that failed once more by itself.</summary>
    public bool MayRetry { get; set; }

    /// <summary>Metadata of payments names this case instead of the link's own.</summary>
    public string? Forged { get; set; }

    /// <summary>When the nth address of a billing request stops working.</summary>
    public Func<int, string> FlowEnds { get; set; } = _ => "2027-06-30T09:00:00.000Z";

    /// <summary>Happens in the world while a link is being made, before the answer.</summary>
    public Func<Task>? Meanwhile { get; set; }

    public Uri Address { get; private set; } = null!;

    public ProviderAddresses Addresses => new() { Stripe = Address, GoCardless = Address, GoCardlessSandbox = Address, Mollie = Address };

    public static string KeyOf(string provider, string creditor = "demo") => $"{(provider == "stripe" ? "sk_test" : provider == "mollie" ? "test" : "live")}_secret_of_{creditor}_0001";

    public static async Task<Providers> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var providers = new Providers(builder.Build());
        providers.Map();
        await providers._app.StartAsync();
        providers.Address = new(providers._app.Urls.First());
        return providers;
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    /// <summary>Somebody pays by a link, all of it unless said.</summary>
    public PaidObject Pay(MadeObject link, long? minor = null, string? status = null)
    {
        lock (_lock)
        {
            var n = ++_number;
            var (id, usual) = link.Provider switch { "stripe" => ($"pi_{n}", "succeeded"), "gocardless" => ($"PM{n}", "confirmed"), _ => ($"tr_{n}", "paid") };
            var paid = new PaidObject(id, minor ?? link.Minor) { Status = status ?? usual };
            link.Paid.Add(paid);
            return paid;
        }
    }

    public MadeObject Live(string provider) => Links.Single(l => l.Provider == provider && !l.IsRevoked);

    private void Map()
    {
        _app.Use(async (http, next) =>
        {
            var body = "";
            if (http.Request.ContentLength > 0)
            {
                http.Request.EnableBuffering();
                body = await new StreamReader(http.Request.Body, leaveOpen: true).ReadToEndAsync();
                http.Request.Body.Position = 0;
            }
            Requests.Enqueue($"{http.Request.Method} {http.Request.Path}{http.Request.QueryString} {Uri.UnescapeDataString(body)}");
            http.Items["body"] = body;
            // No two answers in one second, as there are none a day apart.
            http.Response.Headers.Date = _clock.AddSeconds(Interlocked.Increment(ref _ticks)).ToString("R", CultureInfo.InvariantCulture);
            if (IsDown || (Breaks is { } path && http.Request.Path.Value!.Contains(path, StringComparison.Ordinal)))
                http.Response.StatusCode = 503;
            else if (!Account(http).Contains("_secret_of_", StringComparison.Ordinal))
                http.Response.StatusCode = 401;
            else
                await next();
        });
        _app.MapPost("/v1/prices", h => Once(h, () =>
        {
            var id = $"price_{++_number}";
            _prices[id] = (long.Parse(Form(h, "unit_amount"), CultureInfo.InvariantCulture), Form(h, "currency"));
            return new { id };
        }));
        _app.MapPost("/v1/payment_links", h => Once(h, () =>
        {
            var (minor, currency) = _prices[Form(h, "line_items[0][price]")];
            Assert.Equal("1", Form(h, "restrictions[completed_sessions][limit]"));
            Assert.Equal(Form(h, "metadata[invoice_id]"), Form(h, "payment_intent_data[metadata][invoice_id]"));
            var link = Add(h, "stripe", $"plink_{++_number}", minor, currency, Form(h, "metadata[invoice_id]"));
            return new { id = link.Id, @object = "payment_link", active = true, url = link.Url };
        }));
        _app.MapPost("/v1/payment_links/{id}", h => One(h, link =>
        {
            link.IsRevoked = Form(h, "active") == "false";
            return new { id = link.Id, active = !link.IsRevoked };
        }));
        _app.MapGet("/v1/checkout/sessions", h => Answer(h, 200, new
        {
            data = Owned(h, h.Request.Query["payment_link"].ToString()) is not { } link ? []
                : link.Paid.Select(p => new { id = $"cs_{p.Id}", payment_link = link.Id, customer_details = new { name = "Boulangerie Martin" }, payment_intent = Intent(link, p) }).ToArray(),
        }));
        _app.MapGet("/v1/payment_intents/{id}", h => Paid(h, Intent));
        _app.MapGet("/v1/disputes", h => Answer(h, 200, new
        {
            data = Find(h.Request.Query["payment_intent"].ToString()) is not (var link, { Disputed: > 0 } paid) ? []
                : new object[] { new { id = $"dp_{paid.Id}", amount = paid.Disputed, currency = link.Currency, payment_intent = paid.Id, status = "needs_response" } },
        }));
        _app.MapPost("/billing_requests", h => Once(h, () =>
        {
            var request = Json(h)["billing_requests"]!["payment_request"]!;
            var link = Add(h, "gocardless", $"BRQ{++_number}", (long)request["amount"]!, (string)request["currency"]!, (string)request["metadata"]!["invoice_id"]!);
            return new { billing_requests = new { id = link.Id, status = "pending" } };
        }, conflict: true));
        _app.MapPost("/billing_request_flows", h => Owned(h, (string)Json(h)["billing_request_flows"]!["links"]!["billing_request"]!) is not { } link ? Answer(h, 404, new { })
            : link.IsRevoked ? Answer(h, 422, new { error = new { type = "invalid_state" } })
            : Answer(h, 201, new { billing_request_flows = new { id = $"BRF{++_number}", authorisation_url = link.Url = $"https://pay.gocardless.example/{link.Id}-{++link.Flows}", expires_at = FlowEnds(link.Flows) } }));
        _app.MapPost("/billing_requests/{id}/actions/cancel", h => One(h, link =>
        {
            link.IsRevoked = true;
            return new { billing_requests = new { id = link.Id, status = "cancelled" } };
        }));
        _app.MapGet("/billing_requests/{id}", h => One(h, link => new { billing_requests = new { id = link.Id, links = new { payment_request_payment = link.Paid.FirstOrDefault()?.Id } } }));
        _app.MapGet("/payments/{id}", h => Paid(h, (link, p) => new
        {
            payments = new { id = p.Id, amount = p.Minor, amount_refunded = p.Refunded, currency = link.Currency, charge_date = "2026-11-12", status = p.Status, retry_if_possible = MayRetry, metadata = new { invoice_id = Forged ?? link.CaseId } },
        }));
        _app.MapGet("/refunds/RF{id}", h => Paid(h, (_, p) => new { refunds = new { id = $"RF{p.Id}", links = new { payment = p.Id } } }));
        _app.MapPost("/v2/payment-links", h => Once(h, () =>
        {
            var amount = Json(h)["amount"]!;
            var link = Add(h, "mollie", $"pl_{++_number}", (long)(decimal.Parse((string)amount["value"]!, CultureInfo.InvariantCulture) * 100), (string)amount["currency"]!, "");
            return new { resource = "payment-link", id = link.Id, expiresAt = (string?)null, _links = new { paymentLink = new { href = link.Url } } };
        }));
        _app.MapPatch("/v2/payment-links/{id}", h => One(h, link =>
        {
            link.IsRevoked = (bool)Json(h)["archived"]!;
            return new { id = link.Id, archived = link.IsRevoked };
        }));
        _app.MapGet("/v2/payment-links/{id}/payments", h => One(h, link => new
        {
            _embedded = new
            {
                payments = link.Paid.Select(p => new
                {
                    id = p.Id,
                    status = p.Status,
                    createdAt = "2026-11-12T09:00:00+00:00",
                    paidAt = p.Status == "paid" ? "2026-11-12T09:01:00+00:00" : null,
                    amount = Decimal(p.Minor, link),
                    amountRefunded = Decimal(p.Refunded, link),
                    amountChargedBack = Decimal(p.Disputed, link),
                }),
            },
        }));
    }

    private object Intent(MadeObject link, PaidObject paid) => new
    {
        id = paid.Id,
        @object = "payment_intent",
        status = paid.Status,
        created = 1794474000,
        amount = paid.Minor,
        amount_received = paid.Status == "succeeded" ? paid.Minor : 0,
        currency = link.Currency,
        metadata = new { invoice_id = Forged ?? link.CaseId },
        latest_charge = new
        {
            id = $"ch_{paid.Id}",
            @object = "charge",
            status = paid.Status == "processing" ? "pending" : paid.Status,
            created = 1794474000,
            captured = paid.Status == "succeeded",
            amount = paid.Minor,
            amount_captured = paid.Minor,
            amount_refunded = paid.Refunded,
            currency = link.Currency,
            payment_intent = paid.Id,
            disputed = paid.Disputed > 0,
            refunds = new { data = paid.RefundFailed == 0 ? [] : new[] { new { id = $"re_{paid.Id}", payment_intent = paid.Id, amount = paid.RefundFailed, currency = link.Currency, status = "failed" } } },
        },
    };

    private static object Decimal(long minor, MadeObject link) => new { value = (minor / 100m).ToString("F2", CultureInfo.InvariantCulture), currency = link.Currency };

    private MadeObject Add(HttpContext http, string provider, string id, long minor, string currency, string caseId)
    {
        var link = new MadeObject(provider, id, Account(http), minor, currency.ToUpperInvariant(), caseId) { Url = $"https://pay.{provider}.example/{id}" };
        Links.Add(link);
        return link;
    }

    // Stripe and Mollie answer what they answered; GoCardless says which object there is already.
    private Task Once(HttpContext http, Func<object> make, bool conflict = false)
    {
        lock (_lock)
        {
            var key = (Account(http), http.Request.Path.Value!, http.Request.Headers["Idempotency-Key"].ToString());
            Assert.NotEmpty(key.Item3);
            if (!_keys.TryGetValue(key, out var text))
                _keys[key] = text = JsonSerializer.Serialize(make());
            else if (conflict)
                return Answer(http, 409, new { error = new { type = "invalid_state", code = 409, errors = new[] { new { reason = "idempotent_creation_conflict", links = new { conflicting_resource_id = (string)JsonNode.Parse(text)!["billing_requests"]!["id"]! } } } } });
            return Later();

            async Task Later()
            {
                if (Interlocked.Exchange(ref _meanwhile, Meanwhile is null ? 0 : 1) == 0 && Meanwhile is { } happens)
                    await happens();
                await Answer(http, 201, JsonNode.Parse(text)!);
            }
        }
    }

    private Task One(HttpContext http, Func<MadeObject, object> answer) =>
        Owned(http, (string)http.GetRouteValue("id")!) is { } link ? Answer(http, 200, answer(link)) : Answer(http, 404, new { error = new { code = "resource_missing" } });

    private Task Paid(HttpContext http, Func<MadeObject, PaidObject, object> answer) =>
        Find((string)http.GetRouteValue("id")!) is (var link, { } paid) && link.Account == Account(http) ? Answer(http, 200, answer(link, paid)) : Answer(http, 404, new { });

    private (MadeObject Link, PaidObject Paid)? Find(string id)
    {
        lock (_lock)
            return Links.SelectMany(l => l.Paid.Select(p => (l, p))).Where(x => x.p.Id == id).Cast<(MadeObject, PaidObject)?>().FirstOrDefault();
    }

    private MadeObject? Owned(HttpContext http, string id)
    {
        lock (_lock)
            return Links.Find(l => l.Id == id && l.Account == Account(http));
    }

    private static string Account(HttpContext http) => http.Request.Headers.Authorization.ToString();

    private static string Form(HttpContext http, string name) => http.Request.Form[name].ToString();

    private static JsonNode Json(HttpContext http) => JsonNode.Parse((string)http.Items["body"]!)!;

    private static Task Answer(HttpContext http, int status, object body)
    {
        http.Response.StatusCode = status;
        return http.Response.WriteAsJsonAsync(body);
    }
}
