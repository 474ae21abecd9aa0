using System;
using System.Collections.Generic;
using System.Linq;
using RobotWorker.Ros.Definitions;

namespace RobotWorker.Ros.Generator;

/// <summary>A definition file, read. Two are equal when path and text are, which is what incremental building compares.</summary>
internal sealed class DefinitionFile : IEquatable<DefinitionFile>
{
    private readonly string text;

    private DefinitionFile(string path, string text, string package, DefinitionKind kind, string name)
    {
        Path = path;
        this.text = text;
        Definition = DefinitionParser.Parse(package, kind, name, text, out var problems);
        Problems = problems;
    }

    public string Path { get; }

    public Definition Definition { get; }

    public IReadOnlyList<DefinitionProblem> Problems { get; }

    /// <summary>Reads <c>.../package/msg/Name.msg</c> and its like; null for another additional file.</summary>
    public static DefinitionFile? Read(string path, Func<string> text)
    {
        DefinitionKind? kind = path.Substring(path.LastIndexOf('.') + 1) switch
        {
            "msg" => DefinitionKind.Message,
            "srv" => DefinitionKind.Service,
            "action" => DefinitionKind.Action,
            _ => null,
        };
        var names = path.Split('/', '\\');
        if (kind is not { } known || names.Length < 3) return null;
        var file = names[names.Length - 1];
        return new(path, text(), names[names.Length - 3], known, file.Substring(0, file.LastIndexOf('.')));
    }

    public bool Equals(DefinitionFile? other) => other is not null && Path == other.Path && text == other.text;

    public override bool Equals(object? obj) => Equals(obj as DefinitionFile);

    public override int GetHashCode() => Path.GetHashCode() ^ text.GetHashCode();
}
