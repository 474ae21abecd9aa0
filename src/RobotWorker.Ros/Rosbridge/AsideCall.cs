using RobotWorker.Ros.Codecs;
using RobotWorker.Ros.Rosbridge.Protocol;
using RobotWorker.Ros.Wire;

namespace RobotWorker.Ros.Rosbridge;

/// <summary>A service call on a socket of its own, for when the server does not read the usual one.</summary>
internal static class AsideCall
{
    /// <summary>Asks, and comes back on the loop once there is an answer or none in time. Whether it is one is of no use: the goal's end says it.</summary>
    public static Task AskAsync(RosbridgeLink link, OutFrame question, string id)
    {
        var done = new TaskCompletionSource();
        _ = OneShot.AskAsync(link.Dial, question, frame => Answers(frame, id), link.Options.RosapiDeadline, link.WireTime)
            .ContinueWith(_ => link.PostFromOutside(done.SetResult), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        return done.Task;
    }

    private static bool Answers(byte[] frame, string id)
    {
        try
        {
            for (var at = 0; JsonOp.TryNext(frame, ref at, out var op);)
                if (op.Is("\"service_response\""u8) && EnvelopeText.Read(op.Id) == id) return true;
        }
        catch (RosCodecException)
        {
            // Another frame, of whatever kind: not ours.
        }

        return false;
    }
}
