using System.Runtime.InteropServices;

namespace RobotWorker.MuJoCo.Native;

/// <summary>Compiles MJCF text or files. MuJoCo's compiler keeps the last model in a global, so one compilation runs at a time.</summary>
internal static unsafe class XmlCompiler
{
    private const int ErrorBytes = 1000;
    private static readonly Lock OneAtATime = new();

    /// <summary>Compiles MJCF text. It passes through a temporary file: the virtual file system's struct differs between versions.</summary>
    public static nint CompileText(string mjcf)
    {
        var folder = Directory.CreateTempSubdirectory("mjcf-").FullName;
        try
        {
            var file = Path.Combine(folder, "model.xml");
            File.WriteAllText(file, mjcf);
            return Compile(file, "the MJCF text");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Compiles an MJCF file; meshes and includes are found relative to it.</summary>
    public static nint CompileFile(string path) => File.Exists(path)
        ? Compile(Path.GetFullPath(path), $"'{path}'")
        : throw new MuJoCoException($"There is no MJCF file '{path}'.");

    private static nint Compile(string file, string what)
    {
        var error = stackalloc byte[ErrorBytes];
        nint model;
        lock (OneAtATime) model = NativeMethods.mj_loadXML(file, 0, error, ErrorBytes);
        var text = OneLine(Marshal.PtrToStringUTF8((nint)error) ?? "");
        if (model == 0) throw new MuJoCoException($"MuJoCo does not accept {what}: {text}");
        if (text.Length > 0) MuJoCoLibrary.Collect(text);       // a warning of the compiler; the model is usable
        return model;
    }

    private static string OneLine(string text) => string.Join(", ", text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
}
