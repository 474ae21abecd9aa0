using System.Collections.Immutable;
using RobotWorker.Generation.Runs;
using RobotWorker.Recording.LeRobot;
using RobotWorker.Sim.Variation;

namespace RobotWorker.Generation.Generate;

/// <summary>How far it has come. Twins are not counted: they are made with the episode that was drawn, or it is not done.</summary>
/// <param name="Succeeded">Of those that are done.</param>
/// <param name="Last">The one that was made last; null: nothing had to be made.</param>
/// <param name="Pairs">How many of those that are done have twins.</param>
public sealed record GenerateProgress(int Done, int All, int Succeeded, EpisodeProvenance? Last, int Pairs);

/// <summary>Makes episodes on all cores, and puts them together: what succeeded is one set, what failed another, since no reader tells them apart within one.</summary>
/// <param name="render">Program and arguments that render a film.</param>
/// <param name="timed">Told of each episode where its time went, one at a time; nothing of it is in the files.</param>
/// <param name="stopwatch">Measures that; null: the system's.</param>
public sealed class DatasetGenerator(GenerateSpec spec, EpisodeShelf shelf, IReadOnlyList<string> render, string version, Action<EpisodeTiming>? timed = null, TimeProvider? stopwatch = null)
{
    /// <summary>The file beside the sets that says what they cover.</summary>
    public const string Coverage = "coverage.md";

    private static readonly ImmutableArray<PairRole> Twins = [PairRole.FaultFree, PairRole.NoRecovery];

    private readonly Lock gate = new();
    private readonly TimeProvider time = stopwatch ?? TimeProvider.System;

    /// <summary>How many numbers of the shelf a draw takes, whether it has twins or not.</summary>
    public static int NumbersOfADraw(bool pairs) => pairs ? 1 + Twins.Length : 1;

    /// <summary>Makes those that are not there yet. Blocks; each has a loop of its own, so that their order changes nothing.</summary>
    /// <param name="told">On any thread, one at a time.</param>
    /// <returns>How many succeeded, of those that are there.</returns>
    /// <exception cref="MuJoCo.MuJoCoUnavailableException">There is no simulator.</exception>
    /// <exception cref="Recording.Video.VideoException">There is no film.</exception>
    public GenerateProgress Make(int episodes, int workers, Action<GenerateProgress> told, CancellationToken stop)
    {
        var maker = new GeneratedEpisode(spec, render, version, time);
        var progress = new GenerateProgress(0, episodes, 0, null, 0);
        var left = new List<int>();
        foreach (var draw in Enumerable.Range(0, episodes))
            if (shelf.Find(NumberOf(draw)) is { } before && TwinsOf(before).All(role => shelf.Find(NumberOf(draw, role)) is not null)) Count(before.Provenance);
            else left.Add(draw);
        Crew.Work("generate", workers, left, gate, Make, stop);
        return progress;

        void Make(int draw, CancellationToken ending)
        {
            var drawn = MakeOne(draw, PairRole.Faulted, null, ending);
            foreach (var role in TwinsOf(drawn)) MakeOne(draw, role, drawn, ending);
            lock (gate)
            {
                Count(drawn.Provenance);
                told(progress);
            }
        }

        DatasetEpisode MakeOne(int draw, PairRole role, DatasetEpisode? drawn, CancellationToken ending)
        {
            if (shelf.Find(NumberOf(draw, role)) is { } there) return there;
            var (timing, ready) = ((EpisodeTiming?)null, 0L);
            var episode = shelf.Take(NumberOf(draw, role), folder =>
            {
                (var made, timing) = maker.Make(draw, role, drawn, folder, ending);
                ready = time.GetTimestamp();
                return made;
            });
            lock (gate) timed?.Invoke(timing! with { Writing = time.GetElapsedTime(ready).TotalSeconds });
            return episode;
        }

        void Count(EpisodeProvenance one) => progress = progress with
        {
            Done = progress.Done + 1, Succeeded = progress.Succeeded + (one.Succeeded ? 1 : 0), Last = one, Pairs = progress.Pairs + (one.Pair is null ? 0 : 1),
        };
    }

    /// <summary>Puts the sets together, anew.</summary>
    /// <param name="folder">Where they go.</param>
    /// <returns>The folders, each with its number of episodes.</returns>
    /// <exception cref="IOException">The disk refuses.</exception>
    public async Task<IReadOnlyList<(string Folder, int Episodes)>> AssembleAsync(string folder, int episodes, CancellationToken cancel)
    {
        var all = PairPlaces.Filled(Weighted([.. Enumerable.Range(0, episodes).SelectMany(ReadAll)]), e => SetOf(e.Provenance));
        var sets = new List<(string, int)>();
        foreach (var name in EpisodeShelf.Sets)
        {
            var (set, some) = (Path.Combine(folder, name), all.Where(e => SetOf(e.Provenance) == name).ToList());
            if (some.Count == 0 && Directory.Exists(set)) Directory.Delete(set, recursive: true);
            if (some.Count == 0) continue;
            await new DatasetWriter(spec.Layout, $"{spec.Name}-{name}").WriteAsync(set, some, cancel);
            sets.Add((set, some.Count));
        }
        await File.WriteAllTextAsync(Path.Combine(folder, Coverage), CoverageReport.Of(spec, [.. all.Select(e => e.Provenance).Where(p => p.IsDrawn)]), cancel);
        return sets;
    }

    private static string SetOf(EpisodeProvenance episode) => EpisodeShelf.Sets[episode.Succeeded ? 0 : 1];

    private static ImmutableArray<PairRole> TwinsOf(DatasetEpisode drawn) => drawn.Provenance.Pair is null ? [] : Twins;

    // Each has a number of its own on the shelf: the episode that was drawn, then its twins.
    private int NumberOf(int draw, PairRole role = PairRole.Faulted) => (draw * NumbersOfADraw(spec.HasPairs)) + (int)role;

    private IEnumerable<DatasetEpisode> ReadAll(int draw)
    {
        var drawn = shelf.Read(NumberOf(draw));
        return TwinsOf(drawn).Select(role => shelf.Read(NumberOf(draw, role))).Prepend(drawn);
    }

    // Only those that succeeded are a sample of what is meant; twins were not drawn.
    private static List<DatasetEpisode> Weighted(List<DatasetEpisode> all)
    {
        var weights = new Queue<double>(SamplingWeights.Of([.. all.Select(e => e.Provenance).Where(p => p.IsDrawn).Select(p => (p.Stratum, p.Weight, p.Succeeded))]));
        return [.. all.Select(e => e.Provenance is { IsDrawn: true, Succeeded: true } ? e with { Provenance = e.Provenance with { Weight = weights.Dequeue() } } : e)];
    }
}
