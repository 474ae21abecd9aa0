using RobotWorker.Motion;
using RobotWorker.Ros.Actions;
using RobotWorker.Ros.Graph;
using RobotWorker.Ros.Messages.MoveBaseMsgs;
using RobotWorker.Ros.Messages.Nav2Msgs;
using RobotWorker.Skills.Profile;
using RobotWorker.Skills.Senses;

namespace RobotWorker.Skills.Actions;

/// <summary>Drives base_link to a pose of the map frame, by whichever action the robot has for it.</summary>
internal abstract class Driving : IDisposable
{
    /// <summary>The one that the profile names.</summary>
    public static Driving Of(IRosConnection ros, RobotProfile profile) => profile.Navigation.TypeOn(profile.Dialect) switch
    {
        NavigationType.MoveBase => new ByMoveBase(ros, profile),
        NavigationType.NavigateToPose => new ByNavigateToPose(ros, profile),
    };

    public abstract bool ServerIsThere { get; }

    /// <exception cref="StepFailedException">NAVIGATION_FAILED, and what any goal can come to.</exception>
    public abstract Task ToAsync(GoalRunner goals, Pose mapFromBase, GoalTimeouts timeouts);

    public abstract void Dispose();

    /// <summary>Nav2. Its result is empty on Humble, has a code from Iron on and a text from Jazzy on: what is there is told.</summary>
    private sealed class ByNavigateToPose(IRosConnection ros, RobotProfile profile) : Driving
    {
        private readonly IActionClient<NavigateToPose.Goal, NavigateToPose.Result, NavigateToPose.Feedback> client =
            ros.ActionClient(NavigateToPose.Type, profile.Names.Navigate);

        public override bool ServerIsThere => client.ServerIsThere;

        public override async Task ToAsync(GoalRunner goals, Pose mapFromBase, GoalTimeouts timeouts)
        {
            var goal = new NavigateToPose.Goal { Pose = new() { Header = new() { FrameId = profile.Frames.Map }, Pose = mapFromBase.ToRos() } };
            var outcome = await goals.RunAsync(client, goal, timeouts, ActionProgress.Of, "navigation", "base");
            if (outcome.State != GoalState.Aborted) return;
            var (text, code) = (outcome.Result!.ErrorMsg, outcome.Result.ErrorCode);
            var why = text.Length > 0 ? $": {text}" : outcome.Detail.Length > 0 ? $": {outcome.Detail}" : "";
            throw StepFailedException.Failed("NAVIGATION_FAILED", $"navigation gave up{why}{(code == 0 ? "" : $" (code {code})")}");
        }

        public override void Dispose() => client.Dispose();
    }

    /// <summary>move_base of ROS 1, whose result says nothing: why it gave up stands in the goal's status, if anywhere.</summary>
    private sealed class ByMoveBase(IRosConnection ros, RobotProfile profile) : Driving
    {
        private readonly IActionClient<MoveBase.Goal, MoveBase.Result, MoveBase.Feedback> client =
            ros.ActionClient(MoveBase.Type, profile.Names.Navigate);

        public override bool ServerIsThere => client.ServerIsThere;

        public override async Task ToAsync(GoalRunner goals, Pose mapFromBase, GoalTimeouts timeouts)
        {
            var goal = new MoveBase.Goal { TargetPose = new() { Header = new() { FrameId = profile.Frames.Map }, Pose = mapFromBase.ToRos() } };
            var outcome = await goals.RunAsync(client, goal, timeouts, ActionProgress.Of, "navigation", "base");
            if (outcome.State == GoalState.Aborted)
                throw StepFailedException.Failed("NAVIGATION_FAILED", $"navigation gave up{(outcome.Detail.Length == 0 ? "" : $": {outcome.Detail}")}");
        }

        public override void Dispose() => client.Dispose();
    }
}
