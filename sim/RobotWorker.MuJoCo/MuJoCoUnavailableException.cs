namespace RobotWorker.MuJoCo;

/// <summary>MuJoCo's library is missing, or is one whose memory layout is not known to hold. The message says what to install.</summary>
public sealed class MuJoCoUnavailableException : MuJoCoException
{
    /// <summary>What a person types to get MuJoCo on Debian 12 or Ubuntu 24.04.</summary>
    public const string HowToInstall =
        "Install it with `apt-get install libmujoco2.2.2 libegl1 libgl1-mesa-dri`, or set MUJOCO_LIB to the full path of a libmujoco.so.";

    /// <summary>An exception without a message of its own.</summary>
    public MuJoCoUnavailableException() { }

    /// <summary>An exception that says what was wrong.</summary>
    public MuJoCoUnavailableException(string message) : base(message) { }

    /// <summary>An exception that says what was wrong and what caused it.</summary>
    public MuJoCoUnavailableException(string message, Exception innerException) : base(message, innerException) { }
}
