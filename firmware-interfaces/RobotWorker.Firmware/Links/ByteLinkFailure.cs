namespace RobotWorker.Firmware.Links;

public enum ByteLinkFailure
{
    /// <summary>There is no such port, or nobody listens there.</summary>
    NotFound,

    /// <summary>The port belongs to a group that this user is not in.</summary>
    NotPermitted,

    /// <summary>Another program has it open.</summary>
    Busy,

    /// <summary>The port cannot do what was asked of it: a baud rate, parity.</summary>
    Unsupported,

    /// <summary>The cable was pulled, the adapter reset, the peer closed.</summary>
    Lost,

    /// <summary>It takes no bytes: a write did not end in time.</summary>
    Stuck,
}
