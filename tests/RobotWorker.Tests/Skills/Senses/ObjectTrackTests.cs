using RobotWorker.Motion;
using RobotWorker.Skills.Senses;

namespace RobotWorker.Tests.Skills.Senses;

/// <summary>When an object counts as present, where, and when as gone. Frames come at 10 Hz.</summary>
public sealed class ObjectTrackTests
{
    private static readonly Pose Here = Workshop.At(1, 0, 0.75);
    private static readonly Pose Elsewhere = Workshop.At(1.2, 0.2, 0.75);

    [Test]
    public void Presence_NeedsThreeSightingsThatAgree()
    {
        var film = new Film().Sees(Here).Sees(Here);
        Assert.That(film.Estimate, Is.Null);

        film.Sees(Here);
        Assert.That(film.Estimate!.Sightings, Is.EqualTo(3));
    }

    [Test]
    public void Presence_SightingsFarApart_AreThreeFalseOnesAndNoObject()
    {
        var film = new Film().Sees(Here).Sees(Elsewhere).Sees(Workshop.At(0.7, -0.2, 0.75));

        Assert.That(film.Estimate, Is.Null);
    }

    [Test]
    public void Presence_SightingsOverTwoSeconds_DoNotAddUp()
    {
        var film = new Film().Sees(Here).Misses(9).Sees(Here).Misses(9).Sees(Here);

        Assert.That(film.Estimate, Is.Null);
    }

    [Test]
    public void FalseDetection_Alone_MovesNothing()
    {
        var film = new Film().Sees(Here, 4).Sees(Elsewhere).Sees(Here);

        Assert.That((film.Estimate!.Pose.Position - Here.Position).Length, Is.LessThan(1e-9));
        Assert.That(film.MissingSince, Is.Null);
    }

    [Test]
    public void FalseDetection_InTheSameFrame_MovesNothing()
    {
        var film = new Film().Sees(Here, 3).Frame([Elsewhere, Here]).Frame([Here, Elsewhere]);

        Assert.That((film.Estimate!.Pose.Position - Here.Position).Length, Is.LessThan(1e-9));
    }

    [Test]
    public void Move_SeenElsewhereThreeTimesAndNoMoreHere_IsBelieved()
    {
        var film = new Film().Sees(Here, 3).Sees(Elsewhere, 4);

        Assert.That((film.Estimate!.Pose.Position - Elsewhere.Position).Length, Is.LessThan(1e-9));
    }

    [Test]
    public void Absence_NeedsFiveEmptyLooksAtThePlace()
    {
        var film = new Film().Sees(Here, 3).Misses(4);
        Assert.That(film.Estimate, Is.Not.Null);

        film.Misses(1);
        Assert.That(film.Estimate, Is.Null);
        Assert.That(film.MissingSince, Is.EqualTo(Workshop.Seconds(0.8)));
    }

    [Test]
    public void Absence_WhileHidden_IsNeverSaid()
    {
        var film = new Film().Sees(Here, 3).Hidden(100);

        Assert.That(film.Estimate, Is.Not.Null);
        Assert.That(film.MissingSince, Is.Null);
    }

    [Test]
    public void Absence_OneSightingBetween_StartsTheCountAgain()
    {
        // The sightings lie too far apart in time to agree, and still one is enough to say: it is not gone.
        var film = new Film().Sees(Here, 3).Hidden(20).Misses(4).Sees(Here).Misses(4);

        Assert.That(film.Estimate, Is.Not.Null);
    }

    [Test]
    public void Absence_SeenAgain_IsTakenBack()
    {
        var film = new Film().Sees(Here, 3).Misses(5).Hidden(20).Sees(Elsewhere, 3);

        Assert.That((film.Estimate!.Pose.Position - Elsewhere.Position).Length, Is.LessThan(1e-9));
        Assert.That(film.MissingSince, Is.Null);
    }

    [Test]
    public void Estimate_IsTheMeanOfPositionsAndOfRotations()
    {
        var turned = Quat.FromYaw(0.2);
        var film = new Film()
            .Sees(new(new(1.000, 0, 0.75), Quat.Identity))
            .Sees(new(new(1.006, 0.006, 0.75), Quat.FromYaw(0.1)))
            .Sees(new(new(1.012, -0.006, 0.75), new(-turned.X, -turned.Y, -turned.Z, -turned.W)));    // the same rotation with the other sign

        Assert.That((film.Estimate!.Pose.Position - new Vec3(1.006, 0, 0.75)).Length, Is.LessThan(1e-9));
        Assert.That(film.Estimate.Pose.Rotation.Yaw, Is.EqualTo(0.1).Within(1e-4));
    }

    [Test]
    public void Forget_BeforeTheWorldWasDisturbed_IsNotAveragedWithAfter()
    {
        var film = new Film().Sees(Here, 8);
        film.Forget();
        var nudged = Workshop.At(1.02, 0, 0.75);
        film.Sees(nudged, 2);
        Assert.That((film.Estimate!.Pose.Position - Here.Position).Length, Is.LessThan(1e-9), "what was believed is kept until three new sightings agree");

        film.Sees(nudged);
        Assert.That((film.Estimate!.Pose.Position - nudged.Position).Length, Is.LessThan(1e-9));
        Assert.That(film.Estimate.Sightings, Is.EqualTo(3));
    }

    /// <summary>A camera's frames, one every tenth of a second.</summary>
    private sealed class Film
    {
        private readonly ObjectTrack track = new();
        private int frames;

        public Estimate? Estimate => track.Estimate;

        public RobotWorker.Time.RobotTime? MissingSince => track.MissingSince;

        public Film Frame(Pose[] seen, bool placeInView = true)
        {
            track.Frame(Workshop.Seconds(0.1 * ++frames), seen, placeInView && track.Estimate is not null);
            return this;
        }

        public Film Sees(Pose pose, int times = 1) => Times(times, () => Frame([pose]));

        /// <summary>The place is in view and nothing is there.</summary>
        public Film Misses(int times) => Times(times, () => Frame([]));

        /// <summary>Something stands before the place.</summary>
        public Film Hidden(int times) => Times(times, () => Frame([], placeInView: false));

        public void Forget() => track.Forget();

        private Film Times(int times, Action frame)
        {
            for (var i = 0; i < times; i++) frame();
            return this;
        }
    }
}
