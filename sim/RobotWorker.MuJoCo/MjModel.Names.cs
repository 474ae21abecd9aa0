using System.Runtime.InteropServices;
using RobotWorker.MuJoCo.Native;

namespace RobotWorker.MuJoCo;

/// <summary>Names and ids.</summary>
public sealed partial class MjModel
{
    /// <summary>The id of a named thing.</summary>
    /// <exception cref="MuJoCoException">There is none; the message names the nearest there is.</exception>
    public int Id(MjObject kind, string name) => TryId(kind, name, out var id) ? id : throw new MuJoCoException(Missing(kind, name));

    /// <summary>The id of a named thing, or null.</summary>
    public int? TryId(MjObject kind, string name) => TryId(kind, name, out var id) ? id : null;

    /// <summary>Finds the id of a named thing; false and -1 when there is none.</summary>
    public bool TryId(MjObject kind, string name, out int id)
    {
        id = NativeMethods.mj_name2id(Pointer, Number(kind), name);
        GC.KeepAlive(this);
        return id >= 0;
    }

    /// <summary>The name of a thing; null when it has none or there is no such id.</summary>
    public unsafe string? Name(MjObject kind, int id)
    {
        if ((uint)id >= (uint)Count(kind)) return null;
        var text = Marshal.PtrToStringUTF8((nint)NativeMethods.mj_id2name(Pointer, Number(kind), id));
        GC.KeepAlive(this);
        return string.IsNullOrEmpty(text) ? null : text;
    }

    /// <summary>All names of a kind, in the order of their ids.</summary>
    public IReadOnlyList<string> Names(MjObject kind) => [.. Enumerable.Range(0, Count(kind)).Select(id => Name(kind, id)).OfType<string>()];

    internal int Number(MjObject kind) => _layout.Constant("mjOBJ_" + kind.ToString().ToUpperInvariant());

    private string Missing(MjObject kind, string name)
    {
        var word = kind.ToString().ToLowerInvariant();
        var nearest = Nearest.Of(name, Names(kind));
        return nearest is null
            ? $"The model has no {word} '{name}'; it has no named {word} at all."
            : $"The model has no {word} '{name}'; did you mean '{nearest}'?";
    }
}
