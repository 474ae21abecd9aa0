using System.Buffers.Binary;
using System.Diagnostics;
using RobotWorker.Testing;
using RobotWorker.Tests.Firmware.Servos;

namespace RobotWorker.Tests.Firmware.Board;

/// <summary>The firmware's frame parser in C, compiled for this machine as it is, against the naive parser: the same frames are accepted, whatever else is on the wire.</summary>
public sealed class FirmwareParserTests
{
    [Test]
    public void Fuzz_AMillionBytes() => Fuzz(1_000_000);

    [Test]
    [Category("Slow")]
    public void Fuzz_ABillionBytes() => Fuzz(1_000_000_000);

    private static void Fuzz(long bytes)
    {
        using var firmware = Start();
        var stream = new MutatedStream(seed: 23);
        var (total, frames) = (0L, 0L);
        Span<byte> answer = stackalloc byte[12];
        Span<byte> length = stackalloc byte[4];
        while (total < bytes)
        {
            stream.Fill(BoardStream.Write, BoardStream.Noise);
            // The zero that ends the last piece, whatever it is.
            stream.Quieten(1);
            var sent = stream.Bytes.AsSpan(0, stream.Count);
            var naive = NaiveBoard.Frames(sent, out _);
            var wanted = 0UL;
            foreach (var frame in naive) wanted = MutatedStream.Digest(wanted, frame);

            BinaryPrimitives.WriteInt32LittleEndian(length, sent.Length);
            firmware.StandardInput.BaseStream.Write(length);
            firmware.StandardInput.BaseStream.Write(sent);
            firmware.StandardInput.BaseStream.Flush();
            firmware.StandardOutput.BaseStream.ReadExactly(answer);
            var (count, found) = (BinaryPrimitives.ReadInt32LittleEndian(answer), BinaryPrimitives.ReadUInt64LittleEndian(answer[4..]));
            if ((count, found) != (naive.Count, wanted)) Assert.Fail($"after {total} bytes: the firmware accepts {count} frames where the naive parser finds {naive.Count}, or others");
            total += sent.Length;
            frames += count;
        }

        firmware.StandardInput.Close();
        Assert.That(firmware.WaitForExit(5000));
        TestContext.Out.WriteLine($"{total} bytes, {frames} frames");
        Assert.That(firmware.ExitCode, Is.Zero);
        Assert.That(frames, Is.GreaterThan(bytes / 100));
    }

    private static Process Start()
    {
        var folder = Directory.CreateDirectory(Path.Combine(Repository.Root, "artifacts", "board")).FullName;
        var program = Path.Combine(folder, "parser_runner");
        var peers = Repository.PathOf("tests/RobotWorker.Integration/peers/board");
        Peer.Run(Peer.Require("gcc", "apt-get install gcc"),
            ["-O2", "-std=gnu11", "-DF_CPU=16000000UL", "-Wall", "-Wextra", "-Werror", "-Wno-unused-function", "-Wno-sign-compare", "-fsanitize=undefined", "-fno-sanitize-recover=all", "-I", Path.Combine(peers, "host"), "-o", program, Path.Combine(peers, "parser_runner.c")]).Require();
        return Process.Start(new ProcessStartInfo(program) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
    }
}
