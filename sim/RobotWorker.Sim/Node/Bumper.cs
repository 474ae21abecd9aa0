using RobotWorker.Sim.Physics;

namespace RobotWorker.Sim.Node;

/// <summary>The switches around the base. When they close, the base brakes for as long as something presses, but no longer than it takes to come to rest: it must get away again.</summary>
internal sealed class Bumper(SimWorld world)
{
    /// <summary>What closes a switch, newtons.</summary>
    private const double Newtons = 15;

    private const double BrakeSeconds = 0.5;

    private double pressedFor;

    public bool IsPressed { get; private set; }

    /// <summary>Whether the base is to stand.</summary>
    public bool Brakes { get; private set; }

    /// <summary>Called once every control period.</summary>
    public void Step(double seconds)
    {
        IsPressed = world.Impairment.Bumper || world.BaseContactForce() >= Newtons;
        pressedFor = IsPressed ? pressedFor + seconds : 0;
        Brakes = world.Impairment.Bumper || (IsPressed && pressedFor <= BrakeSeconds);
    }
}
