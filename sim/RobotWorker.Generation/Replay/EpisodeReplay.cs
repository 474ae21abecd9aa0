using RobotWorker.Generation.Generate;
using RobotWorker.Generation.Runs;

namespace RobotWorker.Generation.Replay;

/// <summary>An episode that was replayed.</summary>
public sealed record ReplayedEpisode(string Folder, ReplayVerdict Verdict);

/// <summary>Replays episodes of a data set on all cores.</summary>
public static class EpisodeReplay
{
    /// <summary>The folders of the episodes that are meant, in order.</summary>
    /// <param name="folder">What <c>generate --out</c> was given, or one episode's.</param>
    /// <param name="numbers">Only these; empty: all.</param>
    /// <exception cref="InvalidDataException">There is no such episode; the message says where there are some.</exception>
    public static IReadOnlyList<string> Find(string folder, IReadOnlyCollection<int> numbers)
    {
        if (!Directory.Exists(folder)) throw new InvalidDataException($"{folder}: there is no such folder; give what 'generate --out' was given, or one episode's");
        if (EpisodeShelf.IsEpisode(folder)) return numbers.Count == 0 ? [folder] : throw new InvalidDataException($"{folder} is one episode: leave out --episode");
        var there = EpisodeShelf.EpisodesIn(folder);
        if (there.Count == 0)
        {
            var beside = Path.GetDirectoryName(Path.GetFullPath(folder).TrimEnd(Path.DirectorySeparatorChar));
            throw new InvalidDataException(beside is not null && EpisodeShelf.EpisodesIn(beside).Count > 0
                ? $"{folder} has no episodes to step again, the folder above it has: give {beside}"
                : $"{folder} has no episodes that 'generate' made: give what its --out was given, or one episode's folder");
        }
        foreach (var number in numbers)
            if (!there.ContainsKey(number)) throw new InvalidDataException($"{folder} has no episode {number}; it has {there.Count}, from {there.Keys.First()} to {there.Keys.Last()}");
        return [.. there.Where(e => numbers.Count == 0 || numbers.Contains(e.Key)).Select(e => e.Value)];
    }

    /// <summary>Replays them. Blocks.</summary>
    /// <param name="told">On any thread, one at a time.</param>
    /// <returns>Those that were done, in the order of the folders: all, if it was not stopped.</returns>
    /// <exception cref="MuJoCo.MuJoCoUnavailableException">There is no simulator.</exception>
    public static IReadOnlyList<ReplayedEpisode> Run(IReadOnlyList<string> folders, int workers, Action<ReplayedEpisode> told, CancellationToken stop)
    {
        var (gate, done) = (new Lock(), new ReplayedEpisode?[folders.Count]);
        Crew.Work("replay", workers, Enumerable.Range(0, folders.Count), gate, Replay, stop);
        return [.. done.OfType<ReplayedEpisode>()];

        void Replay(int place, CancellationToken ending)
        {
            var replayed = new ReplayedEpisode(folders[place], Verdict(folders[place], ending));
            lock (gate)
            {
                done[place] = replayed;
                told(replayed);
            }
        }
    }

    private static ReplayVerdict Verdict(string folder, CancellationToken stop)
    {
        var file = Path.Combine(folder, CertificateFile.Name);
        try
        {
            return CertificateReplay.Run(CertificateFile.Read(file), stop);
        }
        catch (FileNotFoundException)
        {
            return new(ReplayOutcome.Unreadable, 0, 0, Why: $"{file} is missing");
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            return new(ReplayOutcome.Unreadable, 0, 0, Why: e.Message.TrimEnd('.'));
        }
    }
}
