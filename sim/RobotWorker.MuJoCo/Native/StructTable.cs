using System.Text.Json;

namespace RobotWorker.MuJoCo.Native;

/// <summary>Where the fields of one C struct lie, in bytes from its start, in the loaded version of MuJoCo.</summary>
internal sealed class StructTable
{
    private readonly Dictionary<string, int> _offsets = [];
    private readonly string _name;

    public StructTable(string name, JsonElement fields)
    {
        _name = name;
        foreach (var field in fields.EnumerateObject())
            _offsets[field.Name] = field.Value.GetInt32();
    }

    private StructTable(StructTable other, string field, int offset)
    {
        (_name, _offsets) = (other._name, new Dictionary<string, int>(other._offsets) { [field] = offset });
    }

    /// <summary>The same struct with one field elsewhere.</summary>
    public StructTable With(string field, int offset) => new(this, field, offset);

    /// <summary>Size of the whole struct in bytes.</summary>
    public int Size => this["sizeof"];

    /// <summary>Names of the fields in the table's order, <c>sizeof</c> not among them.</summary>
    public IEnumerable<string> Fields => _offsets.Keys.Where(name => name != "sizeof");

    /// <summary>Offset of a field, in bytes.</summary>
    public int this[string field] => _offsets.TryGetValue(field, out var offset)
        ? offset
        : throw new MuJoCoUnavailableException($"The layout table has no {_name}.{field} for this version of MuJoCo.");
}
