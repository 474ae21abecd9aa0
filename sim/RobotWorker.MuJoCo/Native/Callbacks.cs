using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace RobotWorker.MuJoCo.Native;

/// <summary>
/// What MuJoCo calls when it warns or gives up. It offers two exported function pointers, <c>mju_user_warning</c> and
/// <c>mju_user_error</c>; without them 2.2.2 prints to the console and, on an error, waits for a key before it exits.
/// </summary>
internal static unsafe partial class Callbacks
{
    /// <summary>EX_SOFTWARE of sysexits.h: an internal error.</summary>
    public const int FatalExitCode = 70;

    public static void Install(nint library)
    {
        Set(library, "mju_user_warning", (nint)(delegate* unmanaged[Cdecl]<byte*, void>)&OnWarning);
        Set(library, "mju_user_error", (nint)(delegate* unmanaged[Cdecl]<byte*, void>)&OnError);
    }

    private static void Set(nint library, string variable, nint function)
    {
        if (!NativeLibrary.TryGetExport(library, variable, out var address))
            throw new MuJoCoUnavailableException($"This MuJoCo does not export {variable}, so its warnings and errors could not be heard.");
        *(nint*)address = function;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnWarning(byte* message) => MuJoCoLibrary.Collect(Marshal.PtrToStringUTF8((nint)message) ?? "");

    // mju_error must not return: its caller would go on with a broken state (2.2.2 to 3.12 do nothing after this call). C code jumps
    // out with longjmp or a C++ exception; neither may cross managed frames. What remains is to say why and end at once.
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnError(byte* message)
    {
        var text = Marshal.PtrToStringUTF8((nint)message) ?? "";
        Console.Error.WriteLine($"MuJoCo cannot go on: {text}. The process ends now with code {FatalExitCode}, since its state can no longer be trusted.");
        Console.Error.Flush();
        ExitNow(FatalExitCode);
    }

    [LibraryImport("libc.so.6", EntryPoint = "_exit")] private static partial void ExitNow(int code);
}
