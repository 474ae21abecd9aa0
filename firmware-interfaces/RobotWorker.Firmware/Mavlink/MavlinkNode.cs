using RobotWorker.Controllers.Servers;
using RobotWorker.Firmware.Links;
using RobotWorker.Ros.Graph;
using RobotWorker.Ros.Messages.DiagnosticMsgs;
using RobotWorker.Ros.Messages.SensorMsgs;
using RobotWorker.Time;

namespace RobotWorker.Firmware.Mavlink;

/// <summary>
/// A board that speaks MAVLink 2 as a ROS node on the episode's loop: what its HEARTBEAT and SYS_STATUS tell on /diagnostics and /battery_state, in the names that the fault catalogue watches. It only
/// listens. A link that is gone is opened again.
/// </summary>
public sealed class MavlinkNode : IDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(20);

    // A heartbeat comes once a second; one may be lost.
    private static readonly TimeSpan SilentAfter = TimeSpan.FromSeconds(3);

    // 5 Hz.
    private const int DiagnosticsEvery = 10;

    // MAV_STATE_CRITICAL; above it is MAV_STATE_EMERGENCY.
    private const byte Critical = 5;

    private readonly Func<IByteLink> open;
    private readonly TimeProvider time;
    private readonly Func<RobotTime> clock;
    private readonly Reopening reopening;
    private readonly IPublisher<DiagnosticArray> diagnostics;
    private readonly IPublisher<BatteryState> battery;
    private readonly byte[] bytes = new byte[1024];
    private MavlinkReader reader = new();
    private ITimer? timer;
    private IByteLink? link;
    private MavlinkMessage.Heartbeat? heartbeat;
    private MavlinkMessage.SysStatus? status;
    private long heardAt, periods;

    /// <param name="open">Opens the link to the board.</param>
    /// <param name="clock">The robot's clock, which stamps its messages.</param>
    public MavlinkNode(Func<IByteLink> open, IRosConnection ros, TimeProvider time, Func<RobotTime> clock, ulong seed = 1)
    {
        (this.open, this.time, this.clock) = (open, time, clock);
        reopening = new(time, new(TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(5), new Random((int)seed)));
        diagnostics = ros.Advertise<DiagnosticArray>("/diagnostics");
        battery = ros.Advertise<BatteryState>("/battery_state");
    }

    /// <summary>A link that cannot be opened, for a person.</summary>
    public event Action<string>? Trouble;

    /// <summary>Whether a heartbeat came lately.</summary>
    public bool IsHeard => heartbeat is not null && time.GetElapsedTime(heardAt) < SilentAfter;

    public void Start() => timer = time.CreateTimer(_ => Step(), null, Period, Period);

    public void Dispose()
    {
        timer?.Dispose();
        link?.Dispose();
        diagnostics.Dispose();
        battery.Dispose();
    }

    private void Step()
    {
        try
        {
            if (IsOpen()) Listen();
        }
        catch (ByteLinkException gone)
        {
            link?.Dispose();
            link = null;
            reopening.Failed();
            Trouble?.Invoke(gone.Message);
        }
        if (++periods % DiagnosticsEvery == 0 && heartbeat is { } last) diagnostics.Publish(new() { Header = new() { Stamp = clock().ToMessage() }, Status = [Of(last)] });
    }

    private bool IsOpen()
    {
        if (link is not null) return true;
        if (!reopening.IsDue) return false;
        link = open();
        reader = new();
        return true;
    }

    private void Listen()
    {
        ReadOnlySpan<byte> come = bytes.AsSpan(0, link!.Read(bytes, TimeSpan.Zero));
        while (reader.Next(ref come) is { } message)
        {
            reopening.Worked();
            if (message is MavlinkMessage.Heartbeat beat) (heartbeat, heardAt) = (beat, time.GetTimestamp());
            if (message is not MavlinkMessage.SysStatus told) continue;
            status = told;
            if (told.Volts is { } volts) battery.Publish(BatteryStatus.Of(clock(), volts, told.Amperes, told.Remaining));
        }
    }

    private DiagnosticStatus Of(MavlinkMessage.Heartbeat last)
    {
        var (level, message) = !IsHeard ? (DiagnosticStatus.ERROR, "no heartbeat") : last.State >= Critical ? (DiagnosticStatus.ERROR, $"its state is {last.State} (MAV_STATE)") : (DiagnosticStatus.OK, "");
        return HardwareStatus.Of("MAVLink", "autopilot: heartbeat", level, message, ("silent", IsHeard ? 0 : 1), ("state", last.State), ("armed", last.Armed ? 1 : 0),
            ("unhealthy", status?.Unhealthy ?? 0), ("load", status?.Load ?? 0), ("damaged_frames", reader.Damaged));
    }
}
