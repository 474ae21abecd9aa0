using RobotWorker.Faults.Detectors;
using RobotWorker.Time;

namespace RobotWorker.Faults;

/// <summary>A detector over one signal or several, and how long it has been alarmed.</summary>
internal sealed class DetectorWatch(DetectorRule.Detected rule, TimeSpan heal) : RuleWatch
{
    private readonly Probe probe = Probe.Of(rule.Detector);
    private readonly TimeDebounce debounce = new(rule.Confirm.TotalSeconds, heal.TotalSeconds);
    private readonly double[] values = new double[rule.Signals.Length];
    private DebounceState state;
    private RobotTime? wrongSince;
    private string evidence = "";
    private bool isSaidToBeMended;

    public override IEnumerable<string> Signals => rule.Signals;

    public override RobotTime? WrongSince => wrongSince;

    public override bool Confirmed => state.Confirmed;

    public override string Evidence => evidence;

    // Whether it is well again takes its time all the same: the debounce goes on.
    public override void Reset()
    {
        probe.Reset();
        isSaidToBeMended = state.Confirmed;
    }

    public override bool Hear(Sample sample, IReadOnlyDictionary<string, Sample> heard)
    {
        if (sample.Signal != rule.Signals[^1]) return false;
        for (var i = 0; i < values.Length; i++)
        {
            // Values of another instant do not belong together.
            if (!heard.TryGetValue(rule.Signals[i], out var one) || one.At != sample.At) return false;
            values[i] = one.Value;
        }
        // A sensor that is not asked to move shows neither that it can nor that it cannot. Where a person says that it can, that holds until it shows otherwise.
        var doubted = state.Confirmed && !isSaidToBeMended;
        var watched = Guard.AllHold(rule.When, heard, sample.At) || (doubted && rule.HealUnguarded);
        var wrong = probe.Next(values, watched, sample.At) && watched;
        if (!watched && doubted) return true;
        wrongSince = wrong ? wrongSince ?? sample.At : null;
        var before = state.Confirmed;
        state = debounce.Next(state, wrong, sample.At);
        isSaidToBeMended &= state.Confirmed;
        if (state.Confirmed && !before) evidence = $"{string.Join(", ", rule.Signals.Select((s, i) => $"{s} {values[i]:0.####}"))}: {probe.Name} {probe.Score:0.##} times its limit for {(sample.At - (wrongSince ?? sample.At)).TotalSeconds:0.###} s";
        return true;
    }
}
