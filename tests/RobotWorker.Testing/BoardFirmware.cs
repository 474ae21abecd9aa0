using System.Globalization;

namespace RobotWorker.Testing;

/// <summary>The board's firmware and the program that runs it in simavr, each compiled once.</summary>
public static class BoardFirmware
{
    private static readonly Lazy<(string Elf, string Runner, int FlashBytes)> Built = new(Build);

    public static string Elf => Built.Value.Elf;

    public static string Runner => Built.Value.Runner;

    /// <summary>What it takes of the flash: its code, and what its variables begin with.</summary>
    public static int FlashBytes => Built.Value.FlashBytes;

    private static (string Elf, string Runner, int FlashBytes) Build()
    {
        var make = Peer.Require("make", "apt-get install make");
        Peer.Require("avr-gcc", "apt-get install gcc-avr avr-libc binutils-avr");
        if (!File.Exists("/usr/include/simavr/sim_avr.h")) Peer.Missing("simavr's headers are not there (apt-get install libsimavr-dev)");
        // Another process of tests compiles its own.
        var folder = Directory.CreateDirectory(Path.Combine(Repository.Root, "artifacts", "board", $"{Environment.ProcessId}")).FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        Peer.Run(make, ["-s", "-B", $"OUT={folder}"], Repository.PathOf("firmware-interfaces/firmware")).Require();
        var runner = Path.Combine(folder, "board_runner");
        Peer.Run(Peer.Require("gcc", "apt-get install gcc"), ["-O2", "-Wall", "-Wextra", "-Werror", "-o", runner,
            Repository.PathOf("tests/RobotWorker.Integration/peers/board/board_runner.c"), "-lsimavr", "-lutil"]).Require();
        var elf = Path.Combine(folder, "board.elf");
        // Under its heading: text, data, bss.
        var sizes = Peer.Run("avr-size", [elf]).Require().Split('\n')[1].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return (elf, runner, int.Parse(sizes[0], CultureInfo.InvariantCulture) + int.Parse(sizes[1], CultureInfo.InvariantCulture));
    }
}
