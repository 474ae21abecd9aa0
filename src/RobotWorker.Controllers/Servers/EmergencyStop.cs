using RobotWorker.Ros.Graph;
using RobotWorker.Ros.Messages.StdSrvs;

namespace RobotWorker.Controllers.Servers;

/// <summary>
/// The emergency stop's circuit: the button cuts the power of all motors, and so it stays after the button is out again, until somebody resets it by
/// /emergency_stop_reset. Nothing moves by itself after that.
/// </summary>
public sealed class EmergencyStop : IDisposable
{
    private readonly Action onStop;
    private readonly Action onReset;
    private readonly IDisposable reset;

    /// <param name="onStop">Brings everything to rest and ends the open goals.</param>
    /// <param name="onReset">Gives the motors their power back.</param>
    public EmergencyStop(IRosConnection ros, Action onStop, Action onReset)
    {
        (this.onStop, this.onReset) = (onStop, onReset);
        reset = ros.AdvertiseService(Trigger.Type, "/emergency_stop_reset", (_, _) => Task.FromResult(Reset()));
    }

    public bool IsPressed { get; private set; }

    /// <summary>Whether the motors have no power.</summary>
    public bool Holds { get; private set; }

    /// <summary>The button as it is in this control period.</summary>
    public void Step(bool pressed)
    {
        IsPressed = pressed;
        if (!pressed || Holds) return;
        Holds = true;
        onStop();
    }

    public void Dispose() => reset.Dispose();

    private Trigger.Response Reset()
    {
        if (IsPressed) return new() { Success = false, Message = "the emergency stop is pressed: pull it out first" };
        if (!Holds) return new() { Success = true, Message = "it is not latched" };
        Holds = false;
        onReset();
        return new() { Success = true, Message = "the motors have power; nothing moves until it is asked to" };
    }
}
