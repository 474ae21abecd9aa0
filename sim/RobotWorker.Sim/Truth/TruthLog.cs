using System.Collections.Immutable;
using RobotWorker.Motion;
using RobotWorker.Sim.Physics;

namespace RobotWorker.Sim.Truth;

/// <summary>
/// What really happened to the objects, step by step, from the simulator's state: for reports and scores only; the worker never sees it.
/// Call <see cref="Step"/> after every <see cref="SimWorld.Step()"/>.
/// </summary>
public sealed class TruthLog
{
    // What slips down between the fingers may leave them for a moment: that is one slip, not two.
    private const double SameSlipSeconds = 0.1;

    private readonly SimWorld world;
    private readonly Touch touch;
    private readonly ObjectTrack[] tracks;
    private readonly List<Holding> holdings = [];

    public TruthLog(SimWorld world)
    {
        this.world = world;
        touch = new(world);
        tracks = [.. world.Scene.Objects.Select(o => new ObjectTrack(world.ObjectPose(o.Name).Position))];
    }

    /// <summary>Every time that an object was between the fingers, in the order of grasping; those that are over have an end.</summary>
    public IReadOnlyList<Holding> Holdings => holdings;

    /// <summary>The times that an object slipped out although the gripper was not told to let go.</summary>
    public ImmutableArray<Holding> Slips => [.. holdings.Where(h => h is { LostContactSeconds: not null, WasLetGo: false })];

    /// <summary>Whether the fingers hold the object from both sides.</summary>
    public bool IsHeld(string name) => tracks[IndexOf(name)].Holding >= 0;

    /// <summary>Where the object last lay still, untouched, in the map.</summary>
    public Vec3 RestingPlace(string name) => tracks[IndexOf(name)].Rest;

    public void Step()
    {
        touch.Update();
        for (var i = 0; i < tracks.Length; i++) Follow(i);
    }

    private void Follow(int i)
    {
        var (track, name) = (tracks[i], world.Scene.Objects[i].Name);
        var at = world.ObjectPose(name).Position;
        if (track.Holding < 0 && touch.Both(i))
        {
            if (track.Open >= 0 && world.TimeSeconds - holdings[track.Open].LostContactSeconds < SameSlipSeconds) GoesOn(track);
            else Grasped(track, name, at);
        }
        else if (track.Holding >= 0) Held(track, i, at);
        else if (track.Open >= 0) Loose(track, name, at);
        else if (!touch.Any(i) && IsStill(name)) track.Rest = at;
    }

    private void Grasped(ObjectTrack track, string name, Vec3 at)
    {
        (track.Holding, track.Open, track.ApartSteps, track.Highest) = (holdings.Count, -1, 0, at.Z);
        holdings.Add(new(name, world.TimeSeconds, track.Rest, world.Gripper.Width));
    }

    private void GoesOn(ObjectTrack track)
    {
        holdings[track.Open] = holdings[track.Open] with { LostContactSeconds = null, WasLetGo = false };
        (track.Holding, track.Open, track.ApartSteps) = (track.Open, -1, 0);
    }

    // A finger that bounces is not a loss: five steps (10 ms) without any touch are.
    private void Held(ObjectTrack track, int i, Vec3 at)
    {
        track.Highest = Math.Max(track.Highest, at.Z);
        track.ApartSteps = touch.Any(i) ? 0 : track.ApartSteps + 1;
        if (track.ApartSteps < 5) return;
        var holding = holdings[track.Holding];
        holdings[track.Holding] = holding with
        {
            LostContactSeconds = world.TimeSeconds - (5 * SimWorld.StepSeconds),
            WasLetGo = world.Gripper.CommandedWidth > holding.WidthMetres,
            LiftedMetres = track.Highest - holding.From.Z,
        };
        (track.Open, track.Holding, track.StillSteps, track.Highest) = (track.Holding, -1, 0, at.Z);
    }

    // Still for 0.2 s: it lies.
    private void Loose(ObjectTrack track, string name, Vec3 at)
    {
        track.Highest = Math.Max(track.Highest, at.Z);
        track.StillSteps = IsStill(name) ? track.StillSteps + 1 : 0;
        if (track.StillSteps < 100) return;
        var holding = holdings[track.Open];
        holdings[track.Open] = holding with
        {
            CameToRestSeconds = world.TimeSeconds, To = at, FellMetres = track.Highest - at.Z, DisplacedMetres = (at - holding.From).LengthXY,
        };
        (track.Open, track.Rest) = (-1, at);
    }

    private bool IsStill(string name) => world.ObjectVelocity(name).Length < 0.02;

    private int IndexOf(string name)
    {
        for (var i = 0; i < tracks.Length; i++)
            if (world.Scene.Objects[i].Name == name) return i;
        throw new ArgumentException($"the scene has no object '{name}'", nameof(name));
    }

    private sealed class ObjectTrack(Vec3 rest)
    {
        public Vec3 Rest { get; set; } = rest;

        // Index of the holding that goes on, or of one whose object has not come to rest; -1: none.
        public int Holding { get; set; } = -1;

        public int Open { get; set; } = -1;

        public int ApartSteps { get; set; }

        public int StillSteps { get; set; }

        public double Highest { get; set; }
    }
}
