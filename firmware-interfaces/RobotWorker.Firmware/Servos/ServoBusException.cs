namespace RobotWorker.Firmware.Servos;

/// <summary>A servo did not do what was asked. The message says which, why, what was done and what helps.</summary>
/// <param name="id">The servo, or null where it is all of the bus.</param>
public sealed class ServoBusException(ServoFailure failure, byte? id, string message) : Exception(message)
{
    public ServoFailure Failure { get; } = failure;

    public byte? Id { get; } = id;
}
