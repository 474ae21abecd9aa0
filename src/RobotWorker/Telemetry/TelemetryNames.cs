namespace RobotWorker.Telemetry;

/// <summary>What exporters ask for by name; docs/telemetry.md lists what each of them means. Instruments and attributes are written as OpenTelemetry's semantic conventions write theirs.</summary>
public static class TelemetryNames
{
    /// <summary>Of the activity source, of the meter, and the category of the logs.</summary>
    public const string Source = "RobotWorker";

    /// <summary>Kinds of spans; where a span is about one thing its name goes on with that: <c>attempt pick</c>.</summary>
    public static class Spans
    {
        public const string Plan = "plan";
        public const string Step = "step";
        public const string Attempt = "attempt";
        public const string Goal = "goal";
        public const string Fault = "fault";

        /// <summary>The robot is stopped, and what follows is decided.</summary>
        public const string Recovery = "recovery";

        /// <summary>Looks at what a step has done: observe, classify, decide.</summary>
        public const string Reverify = "reverify";
        public const string Observe = "observe";
        public const string StandStill = "stand_still";
        public const string ProtectiveStop = "protective_stop";
        public const string Repair = "repair_planning";
        public const string Ask = "ask";
    }

    /// <summary>Instants within a span.</summary>
    public static class Events
    {
        public const string Phase = "recovery.phase";
        public const string Decided = "recovery.decided";
        public const string GoalAccepted = "goal.accepted";
        public const string LinkLost = "link.lost";
        public const string LinkBack = "link.back";
        public const string ModeChanged = "mode.changed";
        public const string PauseAsked = "pause.asked";
        public const string ResumeAsked = "resume.asked";
        public const string ProcessRestarted = "process.restarted";
        public const string PlanReplaced = "plan.replaced";
    }

    /// <summary>Instruments; a Prometheus endpoint writes <c>fault.onsets</c> as <c>fault_onsets_total</c>.</summary>
    public static class Metrics
    {
        public const string FaultActive = "fault.active";
        public const string FaultOnsets = "fault.onsets";
        public const string FaultRecovered = "fault.recovered";
        public const string DetectionDelay = "detection.delay";
        public const string Retry = "retry";
        public const string ReverifyFailed = "reverify.failed";
        public const string Operating = "operating";
        public const string Intervention = "intervention";
        public const string LinkLost = "link.lost";
        public const string LinkDown = "link.down";
    }

    public static class Attributes
    {
        public const string Episode = "robotworker.episode.id";
        public const string Plan = "robotworker.plan.id";
        public const string Revision = "robotworker.plan.revision";
        public const string Robot = "robotworker.robot.name";
        public const string Outcome = "robotworker.outcome";
        public const string Step = "robotworker.step.path";
        public const string Skill = "robotworker.skill";
        public const string Status = "robotworker.step.status";
        public const string Reported = "robotworker.outcome.reported";
        public const string Observed = "robotworker.outcome.observed";
        public const string Attempt = "robotworker.attempt.number";
        public const string Variant = "robotworker.attempt.variant";
        public const string Stage = "robotworker.attempt.stage";
        public const string GoalId = "robotworker.goal.id";
        public const string GoalStatus = "robotworker.goal.status";
        public const string Action = "robotworker.action";
        public const string Actuator = "robotworker.actuator";
        public const string FaultCode = "fault.code";
        public const string FaultComponent = "fault.component";
        public const string FaultLevel = "fault.level";
        public const string Evidence = "robotworker.evidence";
        public const string Effect = "robotworker.effect";
        public const string Decision = "robotworker.decision";
        public const string Phase = "robotworker.phase";
        public const string Mode = "robotworker.mode";
        public const string Question = "robotworker.question";

        /// <summary>Who: <c>robot</c> or <c>person</c>.</summary>
        public const string By = "by";

        /// <summary>Of the failure that led to it.</summary>
        public const string Code = "code";

        /// <summary><c>succeeded</c> or <c>failed</c>.</summary>
        public const string RetryOutcome = "outcome";

        /// <summary><c>answer</c> or <c>mode</c>.</summary>
        public const string Kind = "kind";
    }
}
