using System.Collections.Immutable;

namespace RobotWorker.Execution;

/// <summary>Someone who can be asked.</summary>
public interface IPerson
{
    /// <summary>Asks and waits. Returns one of the options, or null when nobody answers (any more).</summary>
    Task<string?> AskAsync(Question question, CancellationToken cancel);
}

/// <param name="Step">The path of the step that asks.</param>
/// <param name="Options">Such as skip, retry, abort.</param>
/// <param name="Evidence">Why it asks, in one line.</param>
public sealed record Question(string Step, string Text, ImmutableArray<string> Options, string Evidence)
{
    /// <summary>The option that was said, in whatever case, or null when it is none.</summary>
    public string? OptionOf(string said) => Options.FirstOrDefault(o => string.Equals(o, said.Trim(), StringComparison.OrdinalIgnoreCase));
}
