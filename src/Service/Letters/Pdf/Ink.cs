namespace Dunning.Service.Letters.Pdf;

/// <summary>A colour to fill with, as the operator that chooses it.</summary>
internal readonly record struct Ink(string Operator)
{
    public static readonly Ink Black = new("0 g ");
    public static readonly Ink Grey = new("0.38 g ");
    public static readonly Ink Rule = new("0.7 g ");
    public static readonly Ink Pale = new("0.945 g ");
    public static readonly Ink Blue = new("0.11 0.2 0.36 rg ");
}
