using System.Diagnostics;
using RobotWorker.Recording.LeRobot.Checking;
using RobotWorker.Recording.LeRobot.Sets;
using RobotWorker.Recording.Video;
using RobotWorker.Tests.Recording.LeRobot.Checking;

namespace RobotWorker.Tests.Recording.LeRobot.Sets;

/// <summary>A <see cref="TinySet"/> in a folder of its own, and what tests ask of sets that are made from it.</summary>
internal sealed class ToolSet : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("robotworker sets ").FullName;

    /// <summary>Writes a set.</summary>
    /// <param name="spoil">What is special about it.</param>
    /// <param name="video">With a camera: how its films are encoded. Episodes 0 and 1 share one, so that a key frame must stand at frame 5.</param>
    public string Make(string name = "cups", Action<TinySet>? spoil = null, string? video = null)
    {
        var set = TinySet.Make(video is not null);
        foreach (var table in set.Episodes)
        {
            var seeds = table.Of<long>("seed");
            table["success"] = seeds.Select(s => s != 8).ToArray();
            table["failure_mode"] = seeds.Select(s => s == 8 ? "gave_up" : "none").ToArray();
            table["fault"] = seeds.Select(s => s == 9 ? "BASE_WHEEL_SLIP" : "").ToArray();
            table["recoveries"] = seeds.Select(s => s == 9 ? 2L : 0L).ToArray();
            table["fault_onset_s"] = seeds.Select(s => s == 9 ? 3.0 : (double?)null).ToArray();
        }
        spoil?.Invoke(set);
        set.Sum();
        string[]? films = video is null ? null : [At("9.mp4"), At("6.mp4")];
        if (films is not null)
        {
            TinyVideo.Make(films[0], $"-frames:v 9 {video}");
            TinyVideo.Make(films[1], $"-frames:v 6 {video}");
        }
        set.Write(At(name), films);
        return At(name);
    }

    /// <summary>Two sets beside each other: episodes 0 and 1 of the one, and episode 2 of the other, are a pair.</summary>
    public (string Success, string Failure) Apart(Action<TinySet> inSuccess, Action<TinySet> inFailure) => (
        Make("success", s =>
        {
            s.Pair();
            s.Episodes[0]["no_recovery_twin_set"] = new[] { "failure", "failure" };
            Unpair(s.Episodes[1], 0);
            inSuccess(s);
        }),
        Make("failure", s =>
        {
            s.Pair();
            s.Episodes[1]["faulted_twin_set"] = s.Episodes[1]["fault_free_twin_set"] = new[] { "success" };
            Unpair(s.Episodes[0], 0, 1);
            inFailure(s);
        }));

    public string At(string name) => Path.Combine(root, name);

    /// <summary>Makes a set of episodes of others.</summary>
    public async Task<string> WriteAsync(string name, SetVersion version, IEnumerable<SourceEpisode> episodes)
    {
        using var made = new NewFolder(At(name));
        await SetWriter.WriteAsync(made.Path, version, new(name, "Made by a test.", [.. episodes]), _ => { }, CancellationToken.None);
        made.Complete();
        return At(name);
    }

    /// <summary>What the check says, which shares no code with the writer.</summary>
    public static string[] Check(string folder) => [.. DatasetCheck.Run(folder, CancellationToken.None).Select(f => f.ToString())];

    /// <summary>A sum of each decoded picture of a film.</summary>
    public static string[] Pictures(string film)
    {
        using var ffmpeg = Process.Start(new ProcessStartInfo(Programs.Find("ffmpeg")!, ["-v", "error", "-i", film, "-f", "framemd5", "-"]) { RedirectStandardOutput = true })!;
        var lines = ffmpeg.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        ffmpeg.WaitForExit();
        return [.. lines.Where(l => !l.StartsWith('#')).Select(l => l.Split(',')[^1].Trim())];
    }

    public void Dispose() => Directory.Delete(root, recursive: true);

    private static void Unpair(TinyTable table, params int[] rows)
    {
        foreach (var row in rows)
        {
            table.Of<string>("pair_role")[row] = "";
            foreach (var role in new[] { "faulted", "fault_free", "no_recovery" }) table.Of<long?>($"{role}_twin_index")[row] = null;
        }
    }
}
