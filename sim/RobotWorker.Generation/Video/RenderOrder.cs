using System.Text;

namespace RobotWorker.Generation.Video;

/// <summary>
/// What the rendering child process is told on its standard input: an order (what to render, to which file), then states, one for each frame, until the end.
/// Little-endian: text is an int32 length and UTF-8.
/// </summary>
internal sealed record RenderOrder(string Mjcf, string Camera, int Width, int Height, int FramesPerSecond, string Output)
{
    private const uint Magic = 0x52_57_56_31;    // "RWV1"

    public void Write(BinaryWriter to)
    {
        to.Write(Magic);
        WriteText(to, Mjcf);
        WriteText(to, Camera);
        WriteText(to, Output);
        to.Write(Width);
        to.Write(Height);
        to.Write(FramesPerSecond);
    }

    /// <exception cref="InvalidDataException">It is no order.</exception>
    public static RenderOrder Read(BinaryReader from)
    {
        if (from.ReadUInt32() != Magic) throw new InvalidDataException("this is no rendering order");
        var (mjcf, camera, output) = (ReadText(from), ReadText(from), ReadText(from));
        return new(mjcf, camera, from.ReadInt32(), from.ReadInt32(), from.ReadInt32(), output);
    }

    private static void WriteText(BinaryWriter to, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        to.Write(bytes.Length);
        to.Write(bytes);
    }

    private static string ReadText(BinaryReader from) => Encoding.UTF8.GetString(from.ReadBytes(from.ReadInt32()));
}
