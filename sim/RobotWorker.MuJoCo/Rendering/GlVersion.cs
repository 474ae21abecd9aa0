using System.Globalization;
using System.Runtime.InteropServices;

namespace RobotWorker.MuJoCo.Rendering;

/// <summary>Asks the current context whether it can do what MuJoCo needs; MuJoCo itself would end the process when it cannot.</summary>
internal static unsafe class GlVersion
{
    private const uint Version = 0x1F02;

    /// <summary>Whether the current context has OpenGL 3.0 or later, in which framebuffer objects are part of the core.</summary>
    public static bool IsEnough(delegate*<string, nint> loader, out string why)
    {
        var getString = (delegate* unmanaged<uint, nint>)loader("glGetString");
        var text = getString is null ? null : Marshal.PtrToStringUTF8(getString(Version));
        why = text is null ? "OpenGL does not answer" : $"OpenGL is only {text}";
        return text is not null && double.TryParse(text.AsSpan(0, Math.Min(3, text.Length)), CultureInfo.InvariantCulture, out var version) && version >= 3.0;
    }
}
