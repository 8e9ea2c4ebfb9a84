namespace Dunning.Service.Register;

/// <summary>A list somebody looks at again: its name and its query, of one key or of everybody at a creditor. Query null was taken back.</summary>
public sealed record SavedFilter(string Name, string? Query, string? Creditor);
