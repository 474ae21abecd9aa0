namespace RobotWorker.MuJoCo;

/// <summary>MuJoCo refused something: a model that does not compile, a name that is not there, a state of the wrong size.</summary>
public class MuJoCoException : Exception
{
    /// <summary>An exception without a message of its own.</summary>
    public MuJoCoException() { }

    /// <summary>An exception that says what was wrong.</summary>
    public MuJoCoException(string message) : base(message) { }

    /// <summary>An exception that says what was wrong and what caused it.</summary>
    public MuJoCoException(string message, Exception innerException) : base(message, innerException) { }
}
