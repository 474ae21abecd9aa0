namespace RobotWorker.Ros.Wire;

/// <summary>How a link connects, keeps alive and bounds itself; validated by who offers it to users.</summary>
/// <param name="ConnectDeadline">For one attempt to connect.</param>
/// <param name="SilenceDeadline">The longest silence of the other side, which is asked for signs of life meanwhile; past it the link is lost.</param>
/// <param name="FirstPause">Before the second attempt.</param>
/// <param name="LongestPause">Between attempts.</param>
/// <param name="MostQueuedBytes">That wait for the socket.</param>
/// <param name="MostFrameBytes">Of one frame that arrives; a longer one is skipped.</param>
internal sealed record LinkOptions(
    TimeSpan ConnectDeadline, TimeSpan SilenceDeadline, TimeSpan FirstPause, TimeSpan LongestPause, long MostQueuedBytes, int MostFrameBytes);
