namespace RobotWorker.Skills.Policies;

/// <summary>Decides, frame by frame, what a robot does next from what it tells. One runs one attempt.</summary>
public interface IPolicy : IDisposable
{
    /// <summary>Frames a second, of those that <see cref="PolicyRate"/> allows.</summary>
    int FramesPerSecond { get; }

    /// <summary>
    /// What the drives shall be told at the end of the frame that begins, in the order of a data set's <c>action</c>: the arm's joints (radians), the gripper's opening (metres),
    /// the head's pan and tilt (radians), the base's velocity (metres and radians a second). Null: it is done.
    /// </summary>
    /// <param name="observation">Vectors by name, as in a data set: <see cref="RobotTold.StateName"/>, <see cref="RobotTold.PlaceName"/>.</param>
    /// <exception cref="PolicyException">It cannot say.</exception>
    double[]? Next(IReadOnlyDictionary<string, double[]> observation);
}

/// <summary>Where policies come from.</summary>
public interface IPolicySource
{
    /// <summary>The skill whose steps let a policy move the robot.</summary>
    const string Skill = "run_policy";

    /// <summary>A policy that begins at the beginning.</summary>
    /// <param name="name">As a plan's step names it.</param>
    /// <exception cref="PolicyException">There is none of that name.</exception>
    IPolicy Open(string name);
}

/// <summary>A policy is not there, or fails; the message says so to a person.</summary>
public sealed class PolicyException(string message, Exception? inner = null) : Exception(message, inner);
