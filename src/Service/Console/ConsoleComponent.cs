using Microsoft.AspNetCore.Components;

namespace Dunning.Service.Console;

/// <summary>A piece of a page, written for whoever looks at it.</summary>
public abstract class ConsoleComponent : ComponentBase
{
    [CascadingParameter]
    public Ui Ui { get; set; } = null!;

    /// <summary>A text in the language of whoever reads it.</summary>
    protected string L(string french, string english) => Ui.Say(french, english);
}
