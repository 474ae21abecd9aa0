namespace RobotWorker.Controllers.Servers;

/// <summary>A gripper as its server sees it.</summary>
public interface IGripperDrive
{
    /// <summary>Distance of the pads as measured, metres.</summary>
    double MeasuredWidth { get; }

    /// <summary>Its rate, m/s; negative while closing.</summary>
    double MeasuredSpeed { get; }

    /// <summary>What the pads press with as measured, newtons.</summary>
    double MeasuredForce { get; }

    /// <summary>The greatest force it was told to press with, newtons.</summary>
    double CommandedForce { get; }

    /// <summary>Goes to a width and presses no harder than so on what is in the way; it goes on until the next command.</summary>
    void Command(double widthMetres, double maxForceNewtons);
}
