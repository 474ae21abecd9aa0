using System.Text;

namespace RobotWorker.Generation.Video;

/// <summary>
/// What the rendering child process is told on its standard input: an order (what to render, to which file), then states, one for each frame, until the end.
/// Little-endian: text is an int32 length and UTF-8.
/// </summary>
/// <param name="ForTraining">For a data set instead of for people: no shadows, every other frame a key frame, and the values of its pixels counted.</param>
internal sealed record RenderOrder(string Mjcf, string Camera, int Width, int Height, int FramesPerSecond, string Output, bool ForTraining = false)
{
    private const uint Magic = 0x52_57_56_32;    // "RWV2"
    private const int LongestText = 16 << 20;     // bytes, far above any MJCF of ours
    private const int MostPixels = 4096;          // of a side
    private const int MostFramesPerSecond = 240;

    public void Write(BinaryWriter to)
    {
        to.Write(Magic);
        WriteText(to, Mjcf);
        WriteText(to, Camera);
        WriteText(to, Output);
        to.Write(Width);
        to.Write(Height);
        to.Write(FramesPerSecond);
        to.Write(ForTraining);
    }

    /// <exception cref="InvalidDataException">It is no order, or one that cannot be carried out.</exception>
    /// <exception cref="EndOfStreamException">It breaks off.</exception>
    public static RenderOrder Read(BinaryReader from)
    {
        if (from.ReadUInt32() != Magic) throw new InvalidDataException("this is no rendering order");
        var (mjcf, camera, output) = (ReadText(from), ReadText(from), ReadText(from));
        var order = new RenderOrder(mjcf, camera, from.ReadInt32(), from.ReadInt32(), from.ReadInt32(), output, from.ReadBoolean());
        order.Check();
        return order;
    }

    private void Check()
    {
        if (!IsSize(Width) || !IsSize(Height)) throw new InvalidDataException($"a film of {Width} x {Height} pixels cannot be made: both are even and at most {MostPixels}");
        if (FramesPerSecond is < 1 or > MostFramesPerSecond) throw new InvalidDataException($"a film of {FramesPerSecond} frames a second cannot be made: 1 to {MostFramesPerSecond}");
        if (Output.Length == 0 || Output.Contains('\0')) throw new InvalidDataException("the film's file is no file's name");
    }

    private static bool IsSize(int pixels) => pixels is > 0 and <= MostPixels && pixels % 2 == 0;

    private static void WriteText(BinaryWriter to, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        to.Write(bytes.Length);
        to.Write(bytes);
    }

    private static string ReadText(BinaryReader from)
    {
        var length = from.ReadInt32();
        if (length is < 0 or > LongestText) throw new InvalidDataException($"a rendering order has a text of {length} bytes; {LongestText} is the most");
        var bytes = from.ReadBytes(length);
        if (bytes.Length < length) throw new EndOfStreamException($"the rendering order breaks off: {bytes.Length} of {length} bytes of a text came");
        return Encoding.UTF8.GetString(bytes);
    }
}
