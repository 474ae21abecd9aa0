using System.Text;

namespace RobotWorker.Generation.Wire;

/// <summary>One line of text on a stream.</summary>
internal static class LineText
{
    /// <summary>The line without its end; null where the stream ends before, or the line is too long.</summary>
    public static async Task<string?> ReadAsync(Stream stream, int longest, CancellationToken cancel)
    {
        var bytes = new MemoryStream();
        var buffer = new byte[4096];
        while (bytes.Length <= longest && await stream.ReadAsync(buffer, cancel) is > 0 and var count)
        {
            var end = buffer.AsSpan(0, count).IndexOf((byte)'\n');
            bytes.Write(buffer, 0, end < 0 ? count : end);
            if (end >= 0) return Encoding.UTF8.GetString(bytes.ToArray());
        }

        return null;
    }

    public static async Task WriteAsync(Stream stream, string line, CancellationToken cancel) => await stream.WriteAsync(Encoding.UTF8.GetBytes(line + "\n"), cancel);
}
