namespace RobotWorker.Diagnostics;

/// <summary>Whether what was found keeps a document from being used.</summary>
public enum Severity
{
    Warning,
    Error,
}

/// <summary>Where in a document something stands; lines and columns count from one, 0 is "the whole file".</summary>
public readonly record struct Place(string File, int Line, int Column)
{
    public override string ToString() => Line > 0 ? $"{File}:{Line}:{Column}" : File;
}

/// <summary>One finding about a document that a person can act on.</summary>
/// <param name="Code">RW and four digits; docs/diagnostics.md lists them.</param>
/// <param name="Message">What is wrong.</param>
/// <param name="Help">What would be right, or null.</param>
public sealed record Diagnostic(string Code, Severity Severity, Place Place, string Message, string? Help = null)
{
    public override string ToString() => $"{Code} {Place}: {Message}{(Help is null ? "" : "; " + Help)}";
}
