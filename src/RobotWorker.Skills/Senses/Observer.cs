using System.Collections.Immutable;
using RobotWorker.Execution;
using RobotWorker.Motion;
using RobotWorker.Skills.Actions;
using RobotWorker.Skills.Profile;
using RobotWorker.World;

namespace RobotWorker.Skills.Senses;

/// <summary>
/// Looks until asked-for atoms are settled by fresh facts: first where things are believed to be, then over the whole of the supports near by. Absence
/// from a support is said only when all of it was seen, unhidden, several times.
/// </summary>
internal sealed class Observer(SiteMap site, RobotSenses senses, Func<Vec3, CancellationToken, Task> lookAt)
{
    private const int Looks = 6;
    private const double SamePlaceMetres = 0.25;
    private const double NearMetres = 1.6;
    private static readonly TimeSpan OnePlace = TimeSpan.FromSeconds(2);

    /// <summary>Returns when everything is settled or there is nothing left to look at.</summary>
    public async Task LookAsync(ObserveRequest asked, CancellationToken cancel)
    {
        // What is looked at is seen now: an older fact that still satisfies the request would teach nothing.
        var since = asked.Since >= senses.Clock.Now ? asked.Since : senses.Clock.Now;
        var request = asked with { Since = since, Atoms = asked.Atoms.RemoveAll(IsOfTheMap) };
        using var awaited = senses.Gate.Await(request.Atoms);
        await senses.UntilAsync(() => request.Atoms.All(a => IsSettled(request, a) || !NeedsNoCamera(a)), OnePlace, cancel);
        if (request.Atoms.All(a => IsSettled(request, a) || NeedsNoCamera(a))) return;

        using var head = await senses.Head.TakeAsync(cancel);
        // What was seen before must not be averaged into what is seen now: the world may have changed in between.
        senses.Objects.Forget();
        var coverage = site.Surfaces.Select(s => new Coverage(s)).ToList();
        foreach (var point in Points(request))
        {
            if (!await CanLookAtAsync(point, cancel)) continue;
            await LookFromHereAsync(request, coverage, cancel);
            if (IsSettled(request)) return;
        }
        TellAbsence(request, coverage);
    }

    // Where a thing is believed to be may lie behind the robot by now: it may be seen elsewhere all the same.
    private async Task<bool> CanLookAtAsync(Vec3 point, CancellationToken cancel)
    {
        try
        {
            await lookAt(point, cancel);
            return true;
        }
        catch (StepFailedException failed) when (failed.Report is { Reported: Outcome.Failed, Code: "HEAD_FAILED" })
        {
            return false;
        }
    }

    private async Task LookFromHereAsync(ObserveRequest request, List<Coverage> coverage, CancellationToken cancel)
    {
        var until = senses.Objects.Frames + Looks;
        var seen = senses.Objects.Frames;
        await senses.UntilAsync(
            () =>
            {
                if (senses.Objects.Frames == seen) return false;
                seen = senses.Objects.Frames;
                coverage.ForEach(c => c.Add(senses.Objects.Sees));
                return seen >= until || (IsSettled(request) && seen >= until - (Looks / 2));
            },
            OnePlace, cancel);
    }

    private bool IsSettled(ObserveRequest request) => request.Atoms.All(a => IsSettled(request, a));

    private bool IsSettled(ObserveRequest request, Atom atom) => senses.Gate.Last(atom, request.Since) is { Value: not Truth.Unknown };

    /// <summary>Where to look, nearest belief first, without looking twice at one place.</summary>
    private List<Vec3> Points(ObserveRequest request)
    {
        var names = request.Atoms.SelectMany(a => a.Arguments).Distinct(StringComparer.Ordinal).ToList();
        var here = senses.Base.Pose?.Position ?? Vec3.Zero;
        var believed = names.Select(senses.Objects.WhereIs).OfType<Estimate>().Select(e => e.Pose.Position);
        var named = site.Surfaces.Where(s => names.Contains(s.Name)).SelectMany(Spread)
            .Concat(site.Containers.Where(c => names.Contains(c.Name)).Select(c => c.Floor.Position));
        var near = site.Surfaces.SelectMany(Spread).Concat(site.Containers.Select(c => c.Floor.Position))
            .Where(p => (p - here).LengthXY < NearMetres).OrderBy(p => (p - here).LengthXY);
        var points = new List<Vec3>();
        foreach (var point in believed.Concat(named.Where(p => (p - here).LengthXY < 2 * NearMetres)).Concat(near))
            if (!points.Exists(p => (p - point).Length < SamePlaceMetres)) points.Add(point);
        return points;
    }

    /// <summary>The middle of a surface; of a long one, also the middles of its halves.</summary>
    private static IEnumerable<Vec3> Spread(Surface surface)
    {
        yield return surface.Top.Position;
        if (surface.SizeX < 0.8) yield break;
        yield return surface.Top.Apply(new(surface.SizeX / 4, 0, 0));
        yield return surface.Top.Apply(new(-surface.SizeX / 4, 0, 0));
    }

    private void TellAbsence(ObserveRequest request, List<Coverage> coverage)
    {
        foreach (var atom in request.Atoms.Where(a => a.Predicate == "on" && !IsSettled(request, a)))
            if (coverage.Find(c => c.Surface.Name == atom.Arguments[1]) is { IsWhole: true } whole && senses.Objects.WhereIs(atom.Arguments[0]) is null)
                senses.Gate.Post(new(atom, Truth.False, senses.Objects.LastFrame, "detector", Evidence: $"not seen in {whole.Least} looks at all of it"));
    }

    // Put in when the episode starts: nothing that one sees tells it.
    private static bool IsOfTheMap(Atom atom) => atom.Predicate == "serves";

    /// <summary>What is told without turning the head; of <c>in_view</c>, turning it would bring about what is asked.</summary>
    private bool NeedsNoCamera(Atom atom) => atom.Predicate switch
    {
        "at" or "localized" or "still" or "posture" or "empty" or "opening" or "holding" or "in_view" => true,
        "reachable" => site.FindObject(atom.Arguments[1]) is null,
        _ => false,
    };

    /// <summary>How often each part of a surface was in view, unhidden.</summary>
    private sealed class Coverage(Surface surface)
    {
        private const int Grid = 4;
        private const int Enough = 5;
        private readonly ImmutableArray<Vec3> parts =
        [
            .. from x in Enumerable.Range(0, Grid)
               from y in Enumerable.Range(0, Grid)
               select surface.Top.Apply(new(((x + 0.5) / Grid - 0.5) * surface.SizeX, ((y + 0.5) / Grid - 0.5) * surface.SizeY, 0)),
        ];

        private readonly int[] seen = new int[Grid * Grid];

        public Surface Surface => surface;

        public int Least => seen.Min();

        public bool IsWhole => Least >= Enough;

        public void Add(Func<Vec3, bool> sees)
        {
            for (var i = 0; i < seen.Length; i++)
                if (sees(parts[i])) seen[i]++;
        }
    }
}
