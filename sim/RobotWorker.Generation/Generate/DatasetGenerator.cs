using RobotWorker.Generation.Runs;
using RobotWorker.Recording.LeRobot;
using RobotWorker.Sim.Variation;

namespace RobotWorker.Generation.Generate;

/// <summary>How far it has come.</summary>
/// <param name="Succeeded">Of those that are done.</param>
/// <param name="Last">The one that was made last; null: nothing had to be made.</param>
public sealed record GenerateProgress(int Done, int All, int Succeeded, EpisodeProvenance? Last);

/// <summary>Makes episodes on all cores, and puts them together: what succeeded is one set, what failed another, since no reader tells them apart within one.</summary>
/// <param name="render">Program and arguments that render a film.</param>
/// <param name="timed">Told of each episode where its time went, one at a time; nothing of it is in the files.</param>
/// <param name="stopwatch">Measures that; null: the system's.</param>
public sealed class DatasetGenerator(GenerateSpec spec, EpisodeShelf shelf, IReadOnlyList<string> render, string version, Action<EpisodeTiming>? timed = null, TimeProvider? stopwatch = null)
{
    /// <summary>The file beside the sets that says what they cover.</summary>
    public const string Coverage = "coverage.md";

    private readonly Lock gate = new();
    private readonly TimeProvider time = stopwatch ?? TimeProvider.System;

    /// <summary>Makes those that are not there yet. Blocks; each has a loop of its own, so that their order changes nothing.</summary>
    /// <param name="told">On any thread, one at a time.</param>
    /// <returns>How many succeeded, of those that are there.</returns>
    /// <exception cref="MuJoCo.MuJoCoUnavailableException">There is no simulator.</exception>
    /// <exception cref="Recording.Video.VideoException">There is no film.</exception>
    public GenerateProgress Make(int episodes, int workers, Action<GenerateProgress> told, CancellationToken stop)
    {
        var maker = new GeneratedEpisode(spec, render, version, time);
        var progress = new GenerateProgress(0, episodes, 0, null);
        var left = new List<int>();
        foreach (var number in Enumerable.Range(0, episodes))
            if (shelf.Find(number) is { } before) Count(before.Provenance);
            else left.Add(number);
        Crew.Work("generate", workers, left, gate, Make, stop);
        return progress;

        void Make(int number, CancellationToken ending)
        {
            var (timing, ready) = ((EpisodeTiming?)null, 0L);
            var episode = shelf.Take(number, folder =>
            {
                (var made, timing) = maker.Make(number, folder, ending);
                ready = time.GetTimestamp();
                return made;
            });
            lock (gate)
            {
                timed?.Invoke(timing! with { Writing = time.GetElapsedTime(ready).TotalSeconds });
                Count(episode.Provenance);
                told(progress);
            }
        }

        void Count(EpisodeProvenance one) => progress = progress with { Done = progress.Done + 1, Succeeded = progress.Succeeded + (one.Succeeded ? 1 : 0), Last = one };
    }

    /// <summary>Puts the sets together, anew.</summary>
    /// <param name="folder">Where they go.</param>
    /// <returns>The folders, each with its number of episodes.</returns>
    /// <exception cref="IOException">The disk refuses.</exception>
    public async Task<IReadOnlyList<(string Folder, int Episodes)>> AssembleAsync(string folder, int episodes, CancellationToken cancel)
    {
        var all = Weighted([.. Enumerable.Range(0, episodes).Select(shelf.Read)]);
        var sets = new List<(string, int)>();
        foreach (var name in EpisodeShelf.Sets)
        {
            var (set, some) = (Path.Combine(folder, name), all.Where(e => e.Provenance.Succeeded == (name == EpisodeShelf.Sets[0])).ToList());
            if (some.Count == 0 && Directory.Exists(set)) Directory.Delete(set, recursive: true);
            if (some.Count == 0) continue;
            await new DatasetWriter(spec.Layout, $"{spec.Name}-{name}").WriteAsync(set, some, cancel);
            sets.Add((set, some.Count));
        }
        await File.WriteAllTextAsync(Path.Combine(folder, Coverage), CoverageReport.Of(spec, [.. all.Select(e => e.Provenance)]), cancel);
        return sets;
    }

    // Only those that succeeded are a sample of what is meant.
    private static List<DatasetEpisode> Weighted(List<DatasetEpisode> all)
    {
        var weights = new Queue<double>(SamplingWeights.Of([.. all.Select(e => (e.Provenance.Stratum, e.Provenance.Weight, e.Provenance.Succeeded))]));
        return [.. all.Select(e => e.Provenance.Succeeded ? e with { Provenance = e.Provenance with { Weight = weights.Dequeue() } } : e)];
    }
}
