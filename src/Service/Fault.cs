namespace Dunning.Service;

/// <summary>One thing wrong with what was sent.</summary>
/// <param name="Field">The JSON path, or the column as the file names it; "line" when no single field is at fault.</param>
/// <param name="Code">Stable, camelCase: programs decide on this.</param>
/// <param name="Message">Plain English for the person who must correct it.</param>
public readonly record struct Fault(string Field, string Code, string Message);
