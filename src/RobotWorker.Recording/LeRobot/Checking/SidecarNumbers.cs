using System.Diagnostics;
using System.Runtime.InteropServices;

namespace RobotWorker.Recording.LeRobot.Checking;

/// <summary>The numbers of a film of 16 bits, as ffmpeg decodes them.</summary>
/// <param name="First">The first that is greater than it may be; null: none is.</param>
internal sealed record SidecarNumbers(int Frames, (int Frame, int X, int Y, int Value)? First)
{
    /// <param name="most">The greatest that may be in it; null: that is not known.</param>
    /// <exception cref="InvalidDataException">It cannot be decoded, or not without an error.</exception>
    public static SidecarNumbers Read(string ffmpeg, string path, int width, int height, int? most, CancellationToken cancel)
    {
        var start = new ProcessStartInfo(ffmpeg, ["-v", "error", "-nostdin", "-threads", "1", "-i", path, "-map", "0:v:0", "-f", "rawvideo", "-pix_fmt", "gray16le", "-fps_mode", "passthrough", "pipe:1"])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        };
        using var process = Process.Start(start) ?? throw new InvalidDataException($"{ffmpeg} did not start");
        var complaints = new List<string>();
        process.ErrorDataReceived += (_, line) =>
        {
            if (!string.IsNullOrWhiteSpace(line.Data)) lock (complaints) complaints.Add(line.Data.Trim());
        };
        process.BeginErrorReadLine();
        using var kill = cancel.Register(() => process.Kill());
        var (frames, first) = (0, ((int, int, int, int)?)null);
        var frame = new byte[width * height * sizeof(ushort)];
        while (process.StandardOutput.BaseStream.ReadAtLeast(frame, frame.Length, throwOnEndOfStream: false) == frame.Length)
        {
            var numbers = MemoryMarshal.Cast<byte, ushort>(frame);
            if (first is null && most is { } greatest && numbers.IndexOfAnyExceptInRange((ushort)0, (ushort)greatest) is >= 0 and var place)
                first = (frames, place % width, place / width, numbers[place]);
            frames++;
        }
        process.WaitForExit();
        cancel.ThrowIfCancellationRequested();
        if (complaints.Count > 0) throw new InvalidDataException($"ffmpeg: {complaints[0]}");
        return process.ExitCode == 0 ? new(frames, first) : throw new InvalidDataException("ffmpeg cannot decode it");
    }
}
