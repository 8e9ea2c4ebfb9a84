using Microsoft.AspNetCore.Http;

namespace Dunning.Service.Console;

/// <summary>One page of the console: a pattern under /console such as <c>cases/{id}</c>, and what it answers.</summary>
public sealed record Page(string Method, string Pattern, Func<PageRequest, Task<PageAnswer>> Run);

/// <summary>The pages of one part of the console.</summary>
public interface IConsolePages
{
    IEnumerable<Page> Pages { get; }
}

/// <summary>A request to a page by somebody who is signed in; of a form, its token was judged.</summary>
public sealed record PageRequest(HttpContext Http, Ui Ui, ConsoleApi Api, IReadOnlyDictionary<string, string> Route, IFormCollection Form)
{
    public CancellationToken Ct => Http.RequestAborted;

    public string? Query(string name) => Http.Request.Query[name].FirstOrDefault()?.Trim() is { Length: > 0 } value ? value : null;

    public string? Field(string name) => Form[name].FirstOrDefault()?.Trim() is { Length: > 0 } value ? value : null;
}

public abstract record PageAnswer
{
    private PageAnswer()
    {
    }

    /// <summary>A component with its parameters.</summary>
    public sealed record Html(string Title, Type Component, IReadOnlyDictionary<string, object?> Parameters) : PageAnswer
    {
        public int Status { get; init; } = 200;
    }

    /// <summary>After a form was taken: the page to look at, and what to say there once.</summary>
    public sealed record SeeOther(string Location, string? Flash = null) : PageAnswer;

    public sealed record File(byte[] Bytes, string ContentType, string? Name = null) : PageAnswer;

    /// <summary>What an operation answered, as it is: a file that is written while it is read.</summary>
    public sealed record Whole(Dunning.Service.Api.Answer Answer) : PageAnswer;

    public sealed record NotFound(string? Detail = null) : PageAnswer;

    public static Html Of<T>(string title, params (string Name, object? Value)[] parameters)
        where T : ConsoleComponent => new(title, typeof(T), parameters.ToDictionary(p => p.Name, p => p.Value));
}
