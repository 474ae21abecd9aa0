using RobotWorker.Controllers.Servers;
using RobotWorker.Firmware.Servos;

namespace RobotWorker.Firmware.Arm;

/// <summary>
/// One servo as a gripper: its setpoint goes evenly to the width asked for, and where something is in between it stays a little ahead of the pads, which press with what the torque limit lets them.
/// The force is reckoned from the servo's load, and so is a rough figure: some tenths of what it says.
/// </summary>
internal sealed class SerialGripper(SerialGripperDescription gripper, int index, Action<ServoWork> enqueue) : IGripperDrive
{
    // As far as a servo at its full torque lags behind: more ahead would not press harder.
    private const double SqueezeRadians = 0.12;

    // A jaw that moves does not press yet.
    private const double SlowRadiansPerSecond = 0.3;

    private double? target;
    private double setpoint, limit = double.NaN;
    private ServoState state;

    public double MeasuredWidth => Math.Clamp(gripper.WidthOf(state.PositionRadians), 0, gripper.OpeningMetres);

    public double MeasuredSpeed => gripper.WidthOf(gripper.ClosedRadians + state.VelocityRadiansPerSecond);

    public double MeasuredForce => double.IsNaN(state.Load) ? 0 : Math.Abs(state.Load) * gripper.MaxNewtons;

    public double CommandedForce { get; private set; } = gripper.MaxNewtons;

    /// <summary>What the pads should press with now, newtons: 0 while they move, or stand where they were sent.</summary>
    public double DemandedForce => target is { } wanted && (wanted - state.PositionRadians) * ClosingSign > SqueezeRadians / 2 && Math.Abs(state.VelocityRadiansPerSecond) < SlowRadiansPerSecond ? CommandedForce : 0;

    public double CommandedWidth => gripper.WidthOf(target ?? state.PositionRadians);

    public double Celsius => state.Celsius;

    public double CurrentAmperes => state.CurrentAmperes;

    public void Command(double widthMetres, double maxForceNewtons)
    {
        target = gripper.RadiansOf(Math.Clamp(widthMetres, 0, gripper.OpeningMetres));
        CommandedForce = maxForceNewtons;
        var fraction = Math.Clamp(maxForceNewtons / gripper.MaxNewtons, 0.05, 1);
        if (Math.Abs(fraction - limit) < 0.01) return;
        limit = fraction;
        RenewLimit();
    }

    private double ClosingSign => Math.Sign(gripper.ClosedRadians - gripper.OpenRadians);

    /// <summary>Takes in what the servo says.</summary>
    public void Take(in ServoState now)
    {
        state = now;
        if (target is null) setpoint = now.PositionRadians;
    }

    /// <summary>Tells the servo its limit again: a bus that was opened anew knows nothing of it. Before the first command the servo keeps the one that it has.</summary>
    public void RenewLimit()
    {
        if (target is null) return;
        var now = limit;
        enqueue(new(bus => bus.SetTorqueLimit(index, now)));
    }

    /// <summary>Nothing leads it any more: what it was told does not come back with its torque.</summary>
    public void Forget() => (target, limit) = (null, double.NaN);

    /// <summary>The setpoint of the next period, radians; NaN before the first command, and then the servo holds, or grips, what it held.</summary>
    public double Step(double seconds)
    {
        if (target is not { } wanted) return double.NaN;
        var step = gripper.MaxRadiansPerSecond * seconds;
        setpoint += Math.Clamp(wanted - setpoint, -step, step);
        return setpoint = Math.Clamp(setpoint, state.PositionRadians - SqueezeRadians, state.PositionRadians + SqueezeRadians);
    }
}
