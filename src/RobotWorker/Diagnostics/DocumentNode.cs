namespace RobotWorker.Diagnostics;

/// <summary>A value of a YAML or JSON document that knows where it stands.</summary>
public abstract record DocumentNode(Place Place)
{
    /// <summary>What it is, for a message: "a mapping", "a list", "'text'".</summary>
    public abstract string Describe();
}

/// <summary>A scalar; <paramref name="Quoted"/> text is never a number or a truth value.</summary>
public sealed record ScalarNode(Place Place, string Text, bool Quoted) : DocumentNode(Place)
{
    public override string Describe() => $"'{Text}'";
}

/// <summary>A list, in the order of the document.</summary>
public sealed record ListNode(Place Place, IReadOnlyList<DocumentNode> Items) : DocumentNode(Place)
{
    public override string Describe() => "a list";
}

/// <summary>Fields in the order of the document.</summary>
public sealed record MappingNode(Place Place, IReadOnlyList<DocumentField> Fields) : DocumentNode(Place)
{
    public DocumentNode? this[string name] => Fields.FirstOrDefault(f => f.Name == name)?.Value;

    public override string Describe() => "a mapping";
}

/// <summary>One field of a mapping; <paramref name="Place"/> is that of its name.</summary>
public sealed record DocumentField(string Name, Place Place, DocumentNode Value);
