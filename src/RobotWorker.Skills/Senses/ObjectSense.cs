using RobotWorker.Motion;
using RobotWorker.Ros.Messages.SensorMsgs;
using RobotWorker.Ros.Messages.VisionMsgs;
using RobotWorker.Skills.Profile;
using RobotWorker.Time;
using RobotWorker.World;

namespace RobotWorker.Skills.Senses;

/// <summary>
/// From detections (class, pose, covariance) to facts: which of the known objects is where. That this cup is <c>cup_red</c> is concluded here, from its
/// class; the simulator's or the detector's own ids are never used.
/// </summary>
internal sealed class ObjectSense(RobotProfile profile, SiteMap site, TransformBuffer transforms, FactGate gate)
{
    private const double RestsMetres = 0.035;
    private const double ObjectHidesMetres = 0.05;
    private const double LinkHidesMetres = 0.12;

    private readonly Dictionary<string, ObjectTrack> tracks = site.Objects.ToDictionary(o => o.Name, _ => new ObjectTrack());
    private CameraInfo? camera;

    /// <summary>Frames of an arm's links, from the base outwards; they hide what lies behind them.</summary>
    public IReadOnlyList<string> ArmFrames { get; set; } = [];

    /// <summary>Frames taken in so far.</summary>
    public int Frames { get; private set; }

    public RobotTime LastFrame { get; private set; }

    /// <summary>What the camera showed in the last frame; null when its transform was not known.</summary>
    public CameraView? View { get; private set; }

    public Estimate? WhereIs(string name) => tracks.TryGetValue(name, out var track) ? track.Estimate : null;

    public void Take(CameraInfo message) => camera = message;

    /// <summary>Takes in one frame: detections in the camera's frame at the frame's stamp, looked up at that stamp and no other.</summary>
    public void Take(Detection3DArray message)
    {
        var at = message.Header.Stamp.ToRobotTime();
        if (camera is null || transforms.Lookup(profile.Frames.Map, message.Header.FrameId, at) is not { } mapFromCamera) return;
        View = CameraView.From(camera, mapFromCamera);
        foreach (var surface in site.Surfaces) TellInView(surface.Name, surface.Top.Position, View, at);
        foreach (var container in site.Containers) TellInView(container.Name, container.Floor.Position, View, at);
        Frames++;
        LastFrame = at;
        var blockers = Blockers(at);
        foreach (var known in site.Objects)
        {
            var track = tracks[known.Name];
            List<Pose> seen = [.. message.Detections.SelectMany(d => d.Results)
                .Where(r => r.Hypothesis.ClassId == known.ClassId).Select(r => mapFromCamera * r.Pose.Pose.ToPose())];
            track.Frame(at, seen, track.Estimate is { } e && IsInView(View, e.Pose.Position, known.Name, blockers));
            Tell(known, track, at);
        }
    }

    /// <summary>Whether a place of the map is in the picture now and hidden by neither arm nor another object.</summary>
    public bool Sees(Vec3 point) => View is { } view && IsInView(view, point, "", Blockers(LastFrame));

    /// <summary>The world may have been disturbed: sightings from before do not count with later ones.</summary>
    public void Forget()
    {
        foreach (var known in site.Objects) tracks[known.Name].Forget();
    }

    private bool IsInView(CameraView view, Vec3 point, string itself, List<Vec3> blockers) =>
        view.Shows(point)
        && !blockers.Exists(b => view.IsHiddenBy(point, b, LinkHidesMetres))
        && !site.Objects.Any(o => o.Name != itself && tracks[o.Name].Estimate is { } e && view.IsHiddenBy(point, e.Pose.Position, ObjectHidesMetres));

    /// <summary>Points along the arm, every few centimetres, in the map frame.</summary>
    private List<Vec3> Blockers(RobotTime at)
    {
        var points = new List<Vec3>();
        Vec3? before = null;
        foreach (var frame in ArmFrames)
        {
            if (transforms.Lookup(profile.Frames.Map, frame, at) is not { } pose) continue;
            for (var part = 0; before is { } from && part < 4; part++) points.Add(from + ((part / 4.0) * (pose.Position - from)));
            before = pose.Position;
        }
        if (before is { } last) points.Add(last);
        return points;
    }

    private void Tell(KnownObject known, ObjectTrack track, RobotTime at)
    {
        if (track.Estimate is { } e && e.At == at)
        {
            var pose = e.Pose;
            var evidence = $"seen {e.Sightings} times at {pose.Position}";
            gate.Post(new(Atom.Of("located", known.Name), Truth.True, at, "detector", Where: new(profile.Frames.Map, pose), Evidence: evidence));
            foreach (var surface in site.Surfaces) Post("on", known, surface.Name, RestsOn(known, pose, surface), at, evidence);
            foreach (var container in site.Containers) Post("in", known, container.Name, container.Encloses(pose.Position), at, evidence);
        }
        else if (track.MissingSince is { } since && track.Estimate is null)
        {
            var evidence = $"not where it was believed to be, since {since}";
            gate.Post(new(Atom.Of("located", known.Name), Truth.False, at, "detector", Evidence: evidence));
            // It is not there any more; that it is on no other spot of the same table nobody has seen.
            foreach (var surface in site.Surfaces) PostUnknown("on", surface.Name);
            foreach (var container in site.Containers) PostUnknown("in", container.Name);

            void PostUnknown(string predicate, string where)
            {
                var atom = Atom.Of(predicate, known.Name, where);
                if (gate.Last(atom, default) is { Value: Truth.True }) gate.Post(new(atom, Truth.Unknown, at, "detector", Evidence: evidence));
            }
        }
    }

    private void TellInView(string name, Vec3 middle, CameraView view, RobotTime at) =>
        gate.Post(new(Atom.Of("in_view", name), view.Shows(middle) ? Truth.True : Truth.False, at, "camera", Evidence: $"its middle is at {middle}"));

    private void Post(string predicate, KnownObject known, string where, bool value, RobotTime at, string evidence) =>
        gate.Post(new(Atom.Of(predicate, known.Name, where), value ? Truth.True : Truth.False, at, "detector", Evidence: evidence));

    private static bool RestsOn(KnownObject known, Pose pose, Surface surface)
    {
        var bottom = pose.Position.Z - known.Shape.HalfHeight(pose.Rotation);
        return surface.Covers(pose.Position) && Math.Abs(bottom - surface.Top.Position.Z) <= RestsMetres;
    }
}
