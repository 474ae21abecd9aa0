using RobotWorker.Motion;
using RobotWorker.Sim.Physics;
using RobotWorker.Sim.Scenes;

namespace RobotWorker.Sim.Sensors;

/// <summary>
/// Localisation as AMCL does it, ten times a second: it holds the correction of odometry (<c>map</c> to <c>odom</c>) and moves it towards where the map says the base is,
/// with a slowly wandering error of its own. Between two corrections odometry alone counts.
/// </summary>
internal sealed class Localization
{
    /// <summary>Seconds between two corrections.</summary>
    public const double PeriodSeconds = 0.1;

    // The error on each axis, metres and radians, and how long it takes to change, seconds.
    private const double PlaceError = 0.002, TurnError = 0.001;
    private const double WanderSeconds = 10;

    // Share of what it is off that one correction takes away.
    private const double Gain = 0.4;

    // Without a map it wanders by so much a correction, and knows ever less where it is.
    private const double LostStep = 0.08, LostTurn = 0.04, LostGrowth = 1.2, MostDeviation = 3;
    private const double FoundAgain = 0.6;

    // What it thinks that it errs by, and how much this varies.
    private const double Deviance = 0.004, DevianceNoise = 0.0003;

    private readonly SimWorld world;
    private readonly WheelOdometry odometry;
    private readonly ErrorStream errors;
    private readonly double deviance;
    private PlanarPose error;
    private double jump, heading, lostBy;

    public Localization(SimWorld world, WheelOdometry odometry, SensorErrors sensors)
    {
        (this.world, this.odometry) = (world, odometry);
        errors = sensors.Of("localization/noise");
        error = new(errors.Normal(PlaceError), errors.Normal(PlaceError), errors.Normal(TurnError));
        // It knows how well it knows.
        Deviation = deviance = sensors.Factor * Deviance;
        Believe(Seen());
    }

    /// <summary><c>odom</c> in <c>map</c>: the correction.</summary>
    public PlanarPose MapFromOdom { get; private set; }

    /// <summary>The standard deviation that it claims on each axis, metres.</summary>
    public double Deviation { get; private set; }

    /// <summary>Corrects.</summary>
    public void Step()
    {
        const double kept = 1 - (PeriodSeconds / WanderSeconds);
        var fresh = Math.Sqrt(1 - (kept * kept));
        error = new(
            (kept * error.X) + errors.Normal(fresh * PlaceError), (kept * error.Y) + errors.Normal(fresh * PlaceError), (kept * error.Yaw) + errors.Normal(fresh * TurnError));
        var jumped = jump != world.Impairment.LocalizationJump;
        if (jumped && jump == 0) heading = errors.Chance.Uniform(-Math.PI, Math.PI);
        jump = world.Impairment.LocalizationJump;
        var belief = MapFromOdom * odometry.Pose;
        if (world.Impairment.LocalizationLost)
        {
            lostBy = Math.Min(MostDeviation, (lostBy + 0.01) * LostGrowth);
            Believe(new(belief.X + errors.Chance.Normal(LostStep), belief.Y + errors.Chance.Normal(LostStep), belief.Yaw + errors.Chance.Normal(LostTurn)));
        }
        else
        {
            lostBy *= FoundAgain;
            var seen = Seen();
            var gain = jumped ? 1 : Gain;
            Believe(new(belief.X + (gain * (seen.X - belief.X)), belief.Y + (gain * (seen.Y - belief.Y)), belief.Yaw + (gain * Angle.Wrap(seen.Yaw - belief.Yaw))));
        }

        Deviation = deviance + lostBy + Math.Abs(errors.Normal(DevianceNoise));
    }

    /// <summary>Where the map says that the base is.</summary>
    private PlanarPose Seen()
    {
        var truth = world.Base.Pose;
        var (sin, cos) = Math.SinCos(heading);
        return new(truth.X + error.X + (jump * cos), truth.Y + error.Y + (jump * sin), truth.Yaw + error.Yaw);
    }

    private void Believe(PlanarPose mapFromBase) => MapFromOdom = mapFromBase * odometry.Pose.Inverse();
}
