namespace RobotWorker.Diagnostics;

/// <summary>Collects what a reader or a checker finds, in the order of finding.</summary>
public sealed class DiagnosticBag
{
    private readonly List<Diagnostic> found = [];

    public IReadOnlyList<Diagnostic> All => found;

    public bool HasErrors => found.Exists(d => d.Severity == Severity.Error);

    public void Add(Diagnostic diagnostic) => found.Add(diagnostic);

    public void Error(string code, Place place, string message, string? help = null) =>
        found.Add(new(code, Severity.Error, place, message, help));

    public void Warn(string code, Place place, string message, string? help = null) =>
        found.Add(new(code, Severity.Warning, place, message, help));
}
