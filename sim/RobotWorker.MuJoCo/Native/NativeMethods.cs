using System.Runtime.InteropServices;

namespace RobotWorker.MuJoCo.Native;

/// <summary>MuJoCo's C functions, named as in <c>mujoco.h</c>. The library is resolved by <see cref="MuJoCoLibrary.Load"/>.</summary>
internal static unsafe partial class NativeMethods
{
    public const string Library = "mujoco";

    [LibraryImport(Library)] public static partial int mj_version();
    [LibraryImport(Library)] public static partial nint mj_loadXML([MarshalAs(UnmanagedType.LPUTF8Str)] string file, nint vfs, byte* error, int errorSize);
    [LibraryImport(Library)] public static partial void mj_deleteModel(nint model);
    [LibraryImport(Library)] public static partial long mj_sizeModel(nint model);
    [LibraryImport(Library)] public static partial void mj_saveModel(nint model, [MarshalAs(UnmanagedType.LPUTF8Str)] string? file, byte* buffer, long size);
    [LibraryImport(Library)] public static partial nint mj_makeData(nint model);
    [LibraryImport(Library)] public static partial void mj_deleteData(nint data);
    [LibraryImport(Library)] public static partial void mj_resetData(nint model, nint data);
    [LibraryImport(Library)] public static partial void mj_resetDataKeyframe(nint model, nint data, int key);
    [LibraryImport(Library)] public static partial void mj_step(nint model, nint data);
    [LibraryImport(Library)] public static partial void mj_step1(nint model, nint data);
    [LibraryImport(Library)] public static partial void mj_step2(nint model, nint data);
    [LibraryImport(Library)] public static partial void mj_forward(nint model, nint data);
    [LibraryImport(Library)] public static partial void mj_kinematics(nint model, nint data);
    [LibraryImport(Library)] public static partial void mj_comPos(nint model, nint data);
    [LibraryImport(Library)] public static partial void mj_camlight(nint model, nint data);
    [LibraryImport(Library)] public static partial void mj_setConst(nint model, nint data);
    [LibraryImport(Library)] public static partial int mj_name2id(nint model, int kind, [MarshalAs(UnmanagedType.LPUTF8Str)] string name);
    [LibraryImport(Library)] public static partial byte* mj_id2name(nint model, int kind, int id);
    [LibraryImport(Library)] public static partial void mj_contactForce(nint model, nint data, int contact, double* force);
    [LibraryImport(Library)] public static partial void mj_jacSite(nint model, nint data, double* position, double* rotation, int site);
    [LibraryImport(Library)] public static partial void mj_objectVelocity(nint model, nint data, int kind, int id, double* velocity, int local);

    [LibraryImport(Library, EntryPoint = "mj_ray")]
    public static partial double mj_ray_before_3_5(nint model, nint data, double* from, double* direction, byte* geomGroups,
        byte includeStatic, int bodyExclude, int* geomId);

    [LibraryImport(Library, EntryPoint = "mj_ray")]
    public static partial double mj_ray_from_3_5(nint model, nint data, double* from, double* direction, byte* geomGroups,
        byte includeStatic, int bodyExclude, int* geomId, double* normal);
}
