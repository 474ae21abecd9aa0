using System.Globalization;
using System.Text.Json;

namespace RobotWorker.MuJoCo.Native;

/// <summary>
/// The memory layout of one version of MuJoCo. Its structs are public, but their fields move from version to version, so a binding
/// that is not compiled against the headers needs a table: <c>mujoco-layout.json</c>, made with offsetof from each release's headers
/// on a 64-bit machine (x86-64 and arm64 agree).
/// </summary>
internal sealed class LayoutTable
{
    private readonly Dictionary<string, StructTable> _structs = [];
    private readonly Dictionary<string, int> _constants = [];

    private LayoutTable(int version, JsonElement entry)
    {
        Version = version;
        SizeOfCount = entry.GetProperty("size_of_nq").GetInt32();
        foreach (var part in entry.EnumerateObject().Where(part => part.Value.ValueKind == JsonValueKind.Object && part.Name != "consts"))
            _structs[part.Name] = new StructTable(part.Name, part.Value);
        foreach (var constant in entry.GetProperty("consts").EnumerateObject())
            _constants[constant.Name] = constant.Value.GetInt32();
    }

    private LayoutTable(LayoutTable other, string type, StructTable fields)
    {
        (Version, SizeOfCount, _constants) = (other.Version, other.SizeOfCount, other._constants);
        _structs = new Dictionary<string, StructTable>(other._structs) { [type] = fields };
    }

    /// <summary>The same table with one field elsewhere.</summary>
    public LayoutTable With(string type, string field, int offset) => new(this, type, Struct(type).With(field, offset));

    /// <summary>As <c>mj_version()</c> gives it: 222 for 2.2.2, 3005000 for 3.5.0.</summary>
    public int Version { get; }

    /// <summary>Bytes of a size field such as nq: 4, and 8 from 3.6 on.</summary>
    public int SizeOfCount { get; }

    public StructTable Model => Struct("mjModel");
    public StructTable Data => Struct("mjData");
    public StructTable Contact => Struct("mjContact");

    /// <summary>The layout of a named struct.</summary>
    public StructTable Struct(string name) => _structs[name];

    /// <summary>The value of a named C constant.</summary>
    public int Constant(string name) => _constants[name];

    /// <summary>All constants in the table, in its order.</summary>
    public IEnumerable<(string Name, int Value)> Constants => _constants.Select(constant => (constant.Key, constant.Value));

    /// <summary>Names of all structs in the table.</summary>
    public IEnumerable<string> StructNames => _structs.Keys;

    /// <summary>The table of a version; null when this version is not in it.</summary>
    public static LayoutTable? Find(int version)
    {
        using var document = Open();
        return document.RootElement.TryGetProperty(version.ToString(CultureInfo.InvariantCulture), out var entry)
            ? new LayoutTable(version, entry)
            : null;
    }

    /// <summary>The versions in the table, oldest first.</summary>
    public static IReadOnlyList<int> KnownVersions()
    {
        using var document = Open();
        return [.. document.RootElement.EnumerateObject().Select(entry => int.Parse(entry.Name, CultureInfo.InvariantCulture))];
    }

    private static JsonDocument Open()
    {
        using var stream = typeof(LayoutTable).Assembly.GetManifestResourceStream("mujoco-layout.json")
            ?? throw new MuJoCoUnavailableException("The layout table is missing from this build.");
        return JsonDocument.Parse(stream);
    }
}
