using RobotWorker.Time;

namespace RobotWorker.Faults;

/// <summary>
/// Turns samples of telemetry into faults: confirmed, and healed once their signals were right for their dwell time and the evidence that their policies ask for was
/// seen. Lives on the episode's loop.
/// </summary>
/// <param name="time">The watchdog's clock, for signals that fall silent.</param>
/// <param name="listener">Hears of what is confirmed and healed.</param>
/// <param name="noted">Hears of every change of stage.</param>
/// <param name="afterArrivals">Does something once all that has arrived from the robot by now is taken in; null: at once, where nothing ever waits.</param>
public sealed class FaultMonitor(
    FaultCatalogue catalogue, TimeProvider time, IFaultListener listener, Action<FaultNote>? noted = null, Action<Action>? afterArrivals = null) : IFaultReset, IDisposable
{
    private readonly Dictionary<string, Sample> heard = new(StringComparer.Ordinal);
    private readonly List<WatchedFault> watched = Watch(catalogue, time, listener, noted ?? (_ => { }), afterArrivals ?? (work => work()));
    private Dictionary<string, WatchedFault[]>? bySignal;
    private RobotTime last;

    /// <summary>Takes in one sample. Samples of one signal come in the order of their times.</summary>
    public void Take(Sample sample)
    {
        heard[sample.Signal] = sample;
        last = sample.At;
        bySignal ??= watched.SelectMany(f => f.Signals.Distinct().Select(s => (Signal: s, Fault: f)))
            .GroupBy(p => p.Signal, p => p.Fault, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.ToArray(), StringComparer.Ordinal);
        if (!bySignal.TryGetValue(sample.Signal, out var concerned)) return;
        foreach (var fault in concerned) fault.Hear(sample, heard);
    }

    /// <summary>Faults that were active when another process took the episode over: each heals once its signals have been right for its dwell time.</summary>
    public void Assume(IEnumerable<Fault> active)
    {
        foreach (var fault in active)
            foreach (var one in watched.Where(f => f.Code == fault.Code && f.Component == fault.Component)) one.Assume(fault);
    }

    /// <summary>A person says that it is mended: it heals once its signals have been right for the dwell time.</summary>
    public void Reset(string code, string component)
    {
        foreach (var fault in watched.Where(f => f.Code == code && f.Component == component)) fault.Acknowledge(last);
    }

    public void Dispose()
    {
        foreach (var fault in watched) fault.Dispose();
    }

    private static List<WatchedFault> Watch(FaultCatalogue catalogue, TimeProvider time, IFaultListener listener, Action<FaultNote> noted, Action<Action> afterArrivals)
    {
        List<WatchedFault> watched = [.. catalogue.ByCode.Values.SelectMany(d => Watch(catalogue, d, time, listener, noted, afterArrivals))];
        foreach (var fault in watched) fault.Causes = [.. watched.Where(other => catalogue.ByCode[fault.Code].Follows.Contains(other.Code))];
        return watched;
    }

    // Each signal that can fall silent is a fault of its own; the other rules of a code are one fault together.
    private static IEnumerable<WatchedFault> Watch(
        FaultCatalogue catalogue, FaultDefinition definition, TimeProvider time, IFaultListener listener, Action<FaultNote> noted, Action<Action> afterArrivals)
    {
        var rules = definition.Detectors.Where(r => r is not DetectorRule.Silent).Select(r => RuleWatch.Of(r, definition.Heal)).ToList();
        if (rules.Count > 0) yield return new SignalFault(catalogue, definition, rules, listener, noted);
        foreach (var silent in definition.Detectors.OfType<DetectorRule.Silent>()) yield return new SilentFault(catalogue, definition, silent, time, listener, noted, afterArrivals);
    }
}
