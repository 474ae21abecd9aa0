using RobotWorker.Diagnostics;

namespace RobotWorker.Plans;

/// <summary>Reads the limits around a skill, which catalogue and step write alike.</summary>
internal static class PolicyReader
{
    public static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(1);

    public static StepTimeouts? Timeouts(FieldReader step)
    {
        if (step.OptionalFields("timeouts", "'timeouts'") is not { } fields) return null;
        var timeouts = new StepTimeouts(fields.Duration("accept", Shortest), fields.Duration("progress", Shortest), fields.Duration("cancel", Shortest));
        fields.End();
        return timeouts;
    }

    public static RetryPolicy? Retry(FieldReader step)
    {
        if (step.OptionalFields("retry", "'retry'") is not { } fields) return null;
        var retry = new RetryPolicy(fields.Integer("attempts", 1, 100), fields.OptionalDuration("backoff") ?? TimeSpan.Zero, fields.OptionalNames("never"));
        fields.End();
        return retry;
    }

    public static OnFailure? OnFailure(FieldReader step)
    {
        if (step.OptionalFields("on_failure", "'on_failure'") is not { } fields) return null;
        var ask = fields.Text("ask");
        var options = fields.Has("options") ? fields.OptionalNames("options") : ["retry", "skip", "abort"];
        if (options.IsEmpty && fields.Mapping["options"] is ListNode) fields.Bag.Error(Codes.WrongLength, fields.PlaceOf("options"), "'options' is empty", "name at least one answer");
        foreach (var option in options.Where(o => o is not ("retry" or "skip" or "abort" or "")))
            fields.Bag.Error(Codes.NotAChoice, fields.PlaceOf("options"), $"'{option}' is no answer that can be acted on", Nearest.Help(option, ["retry", "skip", "abort"]));
        fields.End();
        return new(ask, options);
    }
}
