using System.Text;
using RobotWorker.Ros.Codecs;
using RobotWorker.Ros.Definitions;

namespace RobotWorker.Ros.Messages;

/// <summary>
/// Types from the files of ROS packages: <c>PACKAGE/msg/Name.msg</c>, <c>srv/Name.srv</c> and <c>action/Name.action</c>, in a workspace's <c>src</c>, an
/// installation (<c>share/PACKAGE/msg</c>), or a folder that is the package itself. A file is read when its type is asked for.
/// </summary>
/// <param name="folders">Where to look, in this order.</param>
public sealed class DefinitionFiles(IEnumerable<string> folders)
{
    private const long LargestFileBytes = 1 << 20;
    private const int MostFiles = 1000;

    private readonly string[] folders = [.. folders];

    /// <summary>Nowhere.</summary>
    public static readonly DefinitionFiles None = new([]);

    /// <summary>The folders in words, for messages.</summary>
    public override string ToString() => folders.Length == 0 ? "no folder of definitions" : string.Join(", ", folders);

    /// <summary>Whether there is any folder to look in.</summary>
    public bool IsEmpty => folders.Length == 0;

    /// <summary>The message type of this name (either spelling), or null where there is no file of it.</summary>
    /// <exception cref="RosCodecException">A file cannot be read, or its definition is wrong or incomplete.</exception>
    public MessageType<DynamicMessage>? Message(string name, RosDialect dialect) =>
        Parts(name, DefinitionKind.Message, dialect) is [var text] ? DynamicTypes.Message(name, text, dialect) : null;

    /// <summary>The service type of this name (either spelling), or null where there is no file of it.</summary>
    /// <exception cref="RosCodecException">A file cannot be read, or its definition is wrong or incomplete.</exception>
    public ServiceType<DynamicMessage, DynamicMessage>? Service(string name, RosDialect dialect) =>
        Parts(name, DefinitionKind.Service, dialect) is [var request, var response] ? DynamicTypes.Service(name, request, response, dialect) : null;

    /// <summary>The action type of this name (either spelling), or null where there is no file of it.</summary>
    /// <exception cref="RosCodecException">A file cannot be read, or its definition is wrong or incomplete.</exception>
    public ActionType<DynamicMessage, DynamicMessage, DynamicMessage>? Action(string name, RosDialect dialect) =>
        Parts(name, DefinitionKind.Action, dialect) is [var goal, var result, var feedback] ? DynamicTypes.Action(name, goal, result, feedback, dialect) : null;

    /// <summary>The texts of a definition's parts, each with all that it depends on and that has a file: what has none may be compiled in.</summary>
    private string[]? Parts(string name, DefinitionKind kind, RosDialect dialect)
    {
        var rules = dialect == RosDialect.Ros1 ? DefinitionRules.Ros1 : DefinitionRules.Ros2;
        if (RosTypes.Short(name).Split('/') is not [var package, var type] || Read(package, type, kind, rules) is not { } definition) return null;
        return [.. definition.Parts.Select(part => WithOthers(part, rules))];
    }

    private string WithOthers(StructDefinition part, DefinitionRules rules)
    {
        var text = new StringBuilder(part.Text).Append('\n');
        var listed = new HashSet<string>(StringComparer.Ordinal);
        var open = new Queue<StructDefinition>([part]);
        while (open.TryDequeue(out var next) && listed.Count < MostFiles)
        {
            foreach (var field in next.Fields.Where(field => !field.Type.IsPrimitive))
            {
                var name = $"{field.Type.Package}/{field.Type.Name}";
                if (!listed.Add(name) || Read(field.Type.Package, field.Type.Name, DefinitionKind.Message, rules) is not { } found) continue;
                text.Append(DefinitionText.Separator).Append("MSG: ").Append(name).Append('\n').Append(found.Parts[0].Text).Append('\n');
                open.Enqueue(found.Parts[0]);
            }
        }

        return text.ToString();
    }

    private Definition? Read(string package, string type, DefinitionKind kind, DefinitionRules rules)
    {
        if (FileOf(package, type, kind) is not { } file) return null;
        try
        {
            if (new FileInfo(file).Length > LargestFileBytes) throw RosCodecException.At("", 0, $"{file} is larger than {LargestFileBytes >> 20} MiB: it is no definition").Of($"{package}/{type}");
            var definition = DefinitionParser.Parse(package, kind, type, File.ReadAllText(file), out var problems, rules);
            return problems.Count == 0
                ? definition
                : throw RosCodecException.At("", 0, $"{file}:{problems[0].Line}:{problems[0].Column}: {problems[0].Message}").Of($"{package}/{type}");
        }
        catch (Exception unread) when (unread is IOException or UnauthorizedAccessException)
        {
            throw RosCodecException.At("", 0, $"{file} cannot be read: {unread.Message}").Of($"{package}/{type}");
        }
    }

    private string? FileOf(string package, string type, DefinitionKind kind)
    {
        // The name may come from the robot: it must not lead out of the folders.
        if (!IsPlain(package) || !IsPlain(type)) return null;
        var folder = kind switch { DefinitionKind.Message => "msg", DefinitionKind.Service => "srv", _ => "action" };
        var own = Path.Combine(folder, $"{type}.{folder}");
        return folders
            .SelectMany(root => new[] { Path.Combine(root, package, own), Path.Combine(root, "share", package, own) }
                .Concat(Path.GetFileName(Path.GetFullPath(root).TrimEnd(Path.DirectorySeparatorChar)) == package ? [Path.Combine(root, own)] : []))
            .FirstOrDefault(File.Exists);
    }

    private static bool IsPlain(string name) => name.Length > 0 && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '_');
}
