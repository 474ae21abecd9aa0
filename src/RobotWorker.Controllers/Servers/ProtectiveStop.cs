using RobotWorker.Ros.Graph;
using RobotWorker.Ros.Messages.StdSrvs;

namespace RobotWorker.Controllers.Servers;

/// <summary>/protective_stop and /protective_stop_release. It is a convenience of the controller, not a safety function.</summary>
public sealed class ProtectiveStop : IDisposable
{
    private readonly Action onStop;
    private readonly Action onRelease;
    private readonly IDisposable stop;
    private readonly IDisposable release;

    /// <param name="onStop">Brings everything to rest and ends the open goals.</param>
    /// <param name="onRelease">Lets motion go again.</param>
    public ProtectiveStop(IRosConnection ros, Action onStop, Action onRelease)
    {
        (this.onStop, this.onRelease) = (onStop, onRelease);
        stop = ros.AdvertiseService(Trigger.Type, "/protective_stop", (_, _) => Task.FromResult(Hold()));
        release = ros.AdvertiseService(Trigger.Type, "/protective_stop_release", (_, _) => Task.FromResult(Release()));
    }

    public bool Holds { get; private set; }

    public void Dispose()
    {
        stop.Dispose();
        release.Dispose();
    }

    private Trigger.Response Hold()
    {
        if (!Holds) onStop();
        Holds = true;
        return new() { Success = true, Message = "stopped and held; the gripper keeps its grip" };
    }

    private Trigger.Response Release()
    {
        if (!Holds) return new() { Success = true, Message = "nothing was held" };
        Holds = false;
        onRelease();
        return new() { Success = true, Message = "motion is free; nothing moves until it is asked to" };
    }
}
