using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using RobotWorker.Diagnostics;
using RobotWorker.Ros.Wire.Faults;
using RobotWorker.Sim.Faults;
using RobotWorker.Sim.Faults.Hardware;
using RobotWorker.Sim.Scenes;

namespace RobotWorker.Generation.Serving;

/// <summary>What somebody asks of a served robot's faults. One of the three.</summary>
/// <param name="Inject">The text of a faults file.</param>
/// <param name="Clear">The number of a fault; 0: all.</param>
public sealed record InjectionRequest(string? Inject = null, int? Clear = null)
{
    /// <summary>Only asks what there is.</summary>
    public static readonly InjectionRequest List = new();
}

/// <summary>The answer.</summary>
/// <param name="Robot">Which robot it is: <c>porter in kitchen</c>.</param>
/// <param name="NowSeconds">Its time.</param>
/// <param name="Faults">Those that the request was about: the new ones, those that were cleared, or all that are not over.</param>
/// <param name="Problems">What is wrong with the request; then nothing was done.</param>
public sealed record InjectionReply(string Robot, double NowSeconds, ImmutableArray<FaultLine> Faults, ImmutableArray<string> Problems);

/// <summary>A fault for the eye.</summary>
public sealed record FaultLine(int Number, string Kind, string State, string Details)
{
    /// <summary>Of a fault as it is now.</summary>
    public static FaultLine Of(InjectedFault fault, double now) => new(fault.Number, fault.Fault.Kind, StateOf(fault, now), DetailsOf(fault.Fault));

    private static string StateOf(InjectedFault fault, double now) => fault switch
    {
        { EndSeconds: not null, StartSeconds: null } => "taken back",
        { EndSeconds: not null } => "over",
        { StartSeconds: null } when now < fault.DueSeconds => Text($"waits, {fault.DueSeconds - now:0.0} s at least"),
        { StartSeconds: null } => "waits for its trigger",
        { Fault.Duration: { } duration, StartSeconds: { } start } => Text($"active, {start + duration.TotalSeconds - now:0.0} s left"),
        _ => "active, until cleared",
    };

    private static string DetailsOf(FaultDescription fault) => fault switch
    {
        HardwareFault own => own.Details,
        ObjectTaken { Taken: var name } => name,
        FaultOnWire { Fault: var wire } => string.Join(", ", OnWire(wire)),
        _ => "",
    };

    private static IEnumerable<string> OnWire(WireFault fault)
    {
        if (fault.Kind == WireFaultKind.Delay) yield return Text($"{fault.Delay.TotalMilliseconds:0} ms ± {fault.Jitter.TotalMilliseconds:0} ms");
        if (fault.Kind == WireFaultKind.Reorder) yield return Text($"held back {fault.Delay.TotalMilliseconds:0} ms");
        if (fault.Kind == WireFaultKind.Corrupt) yield return Text($"{fault.Bytes} bit(s) a message");
        if (fault.Probability < 1) yield return Text($"probability {fault.Probability:0.###}");
        yield return fault.Direction switch { WireDirection.ToRobot => "to the robot", WireDirection.FromRobot => "from the robot", _ => "both ways" };
        if (!fault.Names.IsEmpty) yield return string.Join(" ", fault.Names);
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

/// <summary>Carries requests out, on the robot's loop.</summary>
internal sealed class Injection(FaultInjector injector, SceneDescription scene, string robot, Func<double> now)
{
    /// <summary>To a line of JSON, by one.</summary>
    public string Answer(string line)
    {
        try
        {
            return JsonSerializer.Serialize(Answer(JsonSerializer.Deserialize<InjectionRequest>(line) ?? InjectionRequest.List));
        }
        catch (JsonException e)
        {
            return JsonSerializer.Serialize(Refuse($"{Codes.FaultRefused} that is no request: {e.Message}"));
        }
    }

    private InjectionReply Answer(InjectionRequest request)
    {
        if (request.Inject is { } text) return Inject(text);
        if (request.Clear is { } number) return Clear(number);
        return Reply(injector.Faults.Where(fault => fault.EndSeconds is null));
    }

    private InjectionReply Inject(string text)
    {
        var bag = new DiagnosticBag();
        if (FaultReader.Read(text, "inject", bag, scene) is not { } faults) return Refuse([.. bag.All.Select(d => d.ToString())]);
        List<InjectedFault> injected;
        try
        {
            injected = [.. faults.Select(injector.Inject)];
        }
        catch (ArgumentException refused)
        {
            return Refuse($"{Codes.FaultRefused} {refused.Message}");
        }
        injector.Step();    // what waits for nothing is there when the answer comes
        return Reply(injected.Select(fault => injector.Faults[fault.Number - 1]));
    }

    private InjectionReply Clear(int number)
    {
        var cleared = injector.Clear(number == 0 ? null : number);
        return cleared.IsEmpty && number != 0
            ? Refuse($"{Codes.FaultRefused} there is no fault {number} that is active or waits; 'sim inject --list' shows those that are")
            : Reply(cleared.Select(fault => injector.Faults[fault.Number - 1]));
    }

    private InjectionReply Reply(IEnumerable<InjectedFault> faults) => new(robot, now(), [.. faults.Select(fault => FaultLine.Of(fault, now()))], []);

    private InjectionReply Refuse(params ImmutableArray<string> problems) => new(robot, now(), [], problems);
}
