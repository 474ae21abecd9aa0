using RobotWorker.Motion;
using RobotWorker.Time;

namespace RobotWorker.Skills.Senses;

/// <summary>One detection of an object's class, in the map frame.</summary>
public readonly record struct Sighting(RobotTime At, Pose Pose);

/// <summary>Where an object is believed to be, from how many sightings.</summary>
public sealed record Estimate(Pose Pose, RobotTime At, int Sightings);

/// <summary>
/// The sightings of one object and what follows from them. Presence needs several sightings that agree (a false detection stands alone);
/// absence needs several looks in a row at the place where it should be, unhidden, without a sighting.
/// </summary>
internal sealed class ObjectTrack
{
    // Noise is 5 mm: sightings of a thing at rest lie within 3 cm of each other, a false one nearly never does.
    private const double SameMetres = 0.03;
    private const int Presence = 3;

    // At 5 % misses, five empty looks in a row by chance: 3 in 10 million.
    private const int Absence = 5;
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(1.2);

    private readonly List<Sighting> sightings = [];
    private int emptyLooks;

    /// <summary>The latest estimate; kept while the object is out of sight, dropped when it is seen to be gone.</summary>
    public Estimate? Estimate { get; private set; }

    /// <summary>When it was last seen to be missing from where it was believed to be; null while it is not missing.</summary>
    public RobotTime? MissingSince { get; private set; }

    /// <summary>Takes in one frame of the camera.</summary>
    /// <param name="seen">Sightings of this object's class in the frame; empty when there was none.</param>
    /// <param name="placeInView">Whether the believed place was in view and unhidden.</param>
    public void Frame(RobotTime at, IReadOnlyList<Pose> seen, bool placeInView)
    {
        sightings.RemoveAll(s => at - s.At > Window);
        foreach (var pose in seen) sightings.Add(new(at, pose));
        if (Agreement(at) is { } agreed)
        {
            Estimate = agreed;
            MissingSince = null;
            emptyLooks = 0;
            return;
        }
        var nearBelief = Estimate is { } e && seen.Any(p => Near(p, e.Pose));
        emptyLooks = placeInView && !nearBelief ? emptyLooks + 1 : nearBelief ? 0 : emptyLooks;
        if (emptyLooks >= Absence && Estimate is not null)
        {
            MissingSince ??= at;
            Estimate = null;
        }
    }

    /// <summary>Forgets sightings from before the world was disturbed, so that an average never mixes before and after.</summary>
    public void Forget()
    {
        sightings.Clear();
        emptyLooks = 0;
    }

    private Estimate? Agreement(RobotTime at)
    {
        if (sightings.Count < Presence) return null;
        // The group around the newest sightings that has most members; ties go to the newer one.
        List<Sighting> best = [];
        for (var i = sightings.Count - 1; i >= 0; i--)
        {
            var group = sightings.FindAll(s => Near(s.Pose, sightings[i].Pose));
            if (group.Count > best.Count) best = group;
        }
        return best.Count >= Presence && best[^1].At == at ? new(Mean(best), at, best.Count) : null;
    }

    private static bool Near(Pose a, Pose b) => (a.Position - b.Position).Length <= SameMetres;

    private static Pose Mean(List<Sighting> group)
    {
        var sum = Vec3.Zero;
        var (x, y, z, w) = (0.0, 0.0, 0.0, 0.0);
        var reference = group[^1].Pose.Rotation;
        foreach (var (_, pose) in group)
        {
            sum += pose.Position;
            var q = pose.Rotation;
            var sign = (q.X * reference.X) + (q.Y * reference.Y) + (q.Z * reference.Z) + (q.W * reference.W) < 0 ? -1 : 1;
            (x, y, z, w) = (x + (sign * q.X), y + (sign * q.Y), z + (sign * q.Z), w + (sign * q.W));
        }
        return new(sum / group.Count, new Quat(x, y, z, w).Normalized());
    }
}
