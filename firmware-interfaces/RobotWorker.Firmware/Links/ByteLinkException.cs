namespace RobotWorker.Firmware.Links;

/// <summary>Why a link cannot be had, or is gone. The message says what to do.</summary>
public sealed class ByteLinkException(ByteLinkFailure failure, string message, Exception? inner = null) : Exception(message, inner)
{
    public ByteLinkFailure Failure { get; } = failure;
}
