using System.Collections.Immutable;
using RobotWorker.Chance;
using RobotWorker.Diagnostics;
using RobotWorker.Execution;
using RobotWorker.Execution.Core;
using RobotWorker.Execution.Shell;
using RobotWorker.Faults;
using RobotWorker.Motion;
using RobotWorker.Plans;
using RobotWorker.Ros.Actions;
using RobotWorker.Ros.Graph;
using RobotWorker.Skills.Actions;
using RobotWorker.Skills.Lines;
using RobotWorker.Skills.Manipulation;
using RobotWorker.Skills.Policies;
using RobotWorker.Skills.Profile;
using RobotWorker.Skills.Senses;
using RobotWorker.Skills.Standard;
using RobotWorker.Time;

namespace RobotWorker.Skills;

/// <summary>
/// A robot behind a ROS connection, as the executor needs it: the standard skills over its actions, its topics as facts and samples. Whether metal moves
/// behind the connection, nobody here can tell.
/// </summary>
public sealed class RosRobot : IRobot, IDisposable
{
    private static readonly TimeSpan ZeroPeriod = TimeSpan.FromMilliseconds(50);

    private readonly IRosConnection ros;
    private readonly RobotProfile profile;
    private readonly SiteMap site;
    private readonly SkillCatalogue catalogue;
    private readonly RandomStream chance;
    private readonly IWorkerInbox inbox;
    private readonly RobotSenses senses;
    private readonly RobotActions actions;
    private readonly GoalSense goalSense;
    private readonly CalledActions called;
    private readonly ForeignGoals foreign;
    private readonly IProtectiveStop stops;
    private readonly StopList? own;
    private readonly Hand hand = new();
    private readonly string episode;
    private readonly int restarts;
    private readonly ImmutableSortedDictionary<string, ISkill> skills;
    private ArmPlanner? arm;
    private int looks;
    private bool connected;
    private bool linkLost;

    // After an outage each topic comes back by itself: the servers of actions too.
    private bool serversMayBeAway;

    // A goal of ours may be running that no handle follows any more: its end was not heard, or the link was away.
    private bool goalsMayRun;

    /// <param name="inbox">Where facts go.</param>
    /// <param name="samples">Where telemetry goes: the fault monitor.</param>
    /// <param name="stop">The protective stop, on a way of its own; null: it shares <paramref name="ros"/>.</param>
    /// <param name="resumption">Another process worked here before: its goals may still run, and its protective stop may hold.</param>
    /// <param name="policies">For steps that let a policy move the robot; null: there are none.</param>
    /// <param name="beside">Where telemetry goes that no topic has: what actions and the graph tell; null: to <paramref name="samples"/>.</param>
    public RosRobot(
        IRosConnection ros, RobotProfile profile, SiteMap site, SkillCatalogue catalogue, string episode, RandomStream chance, IWorkerInbox inbox,
        Action<Sample> samples, IProtectiveStop? stop = null, Resumption? resumption = null, IPolicySource? policies = null, Action<Sample>? beside = null)
    {
        (this.ros, this.profile, this.site, this.catalogue, this.episode, this.chance, this.inbox) = (ros, profile, site, catalogue, episode, chance, inbox);
        senses = new(ros, profile, site, catalogue.Predicates, inbox, samples);
        actions = new(ros, profile);
        goalSense = new(beside ?? samples, () => senses.Clock.Now);
        called = new(ros, profile.Definitions);
        foreign = new(ros, profile, inbox, resumption?.Goals ?? []);
        stops = stop ?? (own = new(ros, profile));
        if (resumption is { StopMayHold: true }) stops.AssumeHeld();
        goalsMayRun = resumption is not null;
        restarts = resumption?.Restarts ?? 0;
        // Before anything is heard: whatever the camera sees from now on counts.
        if (resumption is not null && LastGrasped(resumption.State) is { } grasped) senses.Gripper.GraspFor(grasped, RobotTime.Zero);
        ros.LinkChanged += LinkChanged;
        senses.VoiceChanged += ReachChanged;
        senses.Heard += TellServed;
        skills = new ISkill[] { new NavigateTo(), new PickObject(), new PlaceObject(), new Look(), new MoveArm(), new SetGripper(), new CallAction(called), new RunPolicy(ros, policies) }
            .ToImmutableSortedDictionary(s => s.Name, s => s, StringComparer.Ordinal);
    }

    public RobotTime Now => senses.Clock.Now;

    /// <summary>The skills that are really there; the catalogue may name no other.</summary>
    public IEnumerable<string> SkillNames => skills.Keys;

    /// <summary>Waits for the robot's description and first telemetry.</summary>
    /// <returns>Null when ready, else what is missing.</returns>
    public async Task<string?> ConnectAsync(TimeSpan deadline, CancellationToken cancel)
    {
        string? urdf = null;
        using var subscription = ros.Subscribe<Ros.Messages.StdMsgs.String>(profile.Names.RobotDescription, m => urdf = m.Data);
        if (!await senses.UntilAsync(() => urdf is not null && senses.Joints.HasHeard && senses.Base.Pose is not null, deadline, cancel))
            return $"within {deadline.TotalSeconds} s the robot did not publish {(urdf is null ? profile.Names.RobotDescription : profile.Names.BaseMoves ? $"{profile.Names.JointStates}, {profile.Names.Odometry} and {profile.Names.Tf}" : $"{profile.Names.JointStates}, and {profile.Frames.Base} in {profile.Frames.Map} on {profile.Names.TfStatic}")}";
        var bag = new DiagnosticBag();
        if (Urdf.Parse(urdf!, profile.Names.RobotDescription, bag) is not { } model) return bag.All[0].ToString();
        var chain = KinematicChain.Between(model, profile.Frames.Base, profile.Frames.Tool);
        arm = new(chain, profile.Scale, profile.Postures["carry"], chance);
        senses.Objects.ArmFrames = [.. chain.ForwardAll(senses.Joints.Arm).Skip(2).Select(l => l.Link)];
        senses.Reach.Use(arm, profile.Postures["carry"]);
        // A missing server is no reason not to begin: the plan may not need it, and the step that does says so.
        await ServersOf.ThereAsync(ros.Time, () => actions.AllServersAreThere, cancel);
        connected = true;
        return null;
    }

    public async Task<AttemptReport> AttemptAsync(Attempt attempt, CancellationToken cancel)
    {
        var report = await TryAsync(attempt, cancel);
        // Whatever went wrong may have shaken what the fingers hold.
        if (report.Reported != Outcome.Succeeded && hand.Held is { } held) hand.Held = held with { IsSure = false };
        return report;
    }

    private async Task<AttemptReport> TryAsync(Attempt attempt, CancellationToken cancel)
    {
        if (arm is null) return AttemptReport.Failure("NOT_CONNECTED", "the robot's description has not been heard");
        if (!skills.TryGetValue(attempt.Skill, out var skill)) return AttemptReport.Failure("NO_SUCH_SKILL", $"this robot has no skill '{attempt.Skill}'");
        using var deadline = new CancellationTokenSource(attempt.Deadline, ros.Time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancel, deadline.Token);
        var timeouts = attempt.Timeouts ?? catalogue.Skills[attempt.Skill].Timeouts;
        var context = new SkillContext(
            attempt, new GoalRunner(attempt, inbox, both.Token, foreign.Add, goalSense), Timeouts(timeouts), senses, actions, arm, profile, site, hand);
        try
        {
            await ServersAreBackAsync(both.Token);
            await ReleaseStopAsync(timeouts.Accept, both.Token);
            FeelTheHand();
            return await skill.RunAsync(context);
        }
        catch (StepFailedException e)
        {
            NoteUnknown(e);
            return e.Report;
        }
        catch (OperationCanceledException) when (both.IsCancellationRequested)
        {
            return cancel.IsCancellationRequested
                ? AttemptReport.Failure("CANCELED", "cancelled, and its goals have ended")
                : AttemptReport.Failure("DEADLINE", $"not done within {attempt.Deadline.TotalSeconds:0.#} s");
        }
    }

    public async Task ObserveAsync(ObserveRequest request, CancellationToken cancel)
    {
        var attempt = new Attempt(
            episode, $"observe/{++looks}", restarts + 1, request.Viewpoint, null, "look", ImmutableSortedDictionary<string, string>.Empty, request.Deadline,
            World.WorldModel.Empty(catalogue.Predicates));
        using var deadline = new CancellationTokenSource(request.Deadline, ros.Time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancel, deadline.Token);
        var goals = new GoalRunner(attempt, inbox, both.Token, foreign.Add, goalSense);
        var timeouts = Timeouts(catalogue.Skills["look"].Timeouts);
        try
        {
            await ServersAreBackAsync(both.Token);
            if (request is { Viewpoint: > 0, MayMoveArm: true } && arm is not null)
            {
                // The executor lets a look move the arm after a protective stop only on a person's word, as it does an attempt.
                await ReleaseStopAsync(timeouts.Accept, both.Token);
                await ClearTheViewAsync(new(attempt, goals, timeouts, senses, actions, arm, profile, site, hand));
            }
            await new Observer(site, senses, (point, _) => actions.LookAtAsync(goals, point, timeouts)).LookAsync(request, both.Token);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !cancel.IsCancellationRequested)
        {
            // What was not settled by the deadline stays unknown: that is the answer.
        }
        catch (StepFailedException e)
        {
            NoteUnknown(e);
            // The head would not turn: what was not settled stays unknown.
        }
    }

    public async Task<bool> StandStillAsync(TimeSpan deadline, TimeSpan silence, CancellationToken cancel)
    {
        using var timer = new PeriodicTimer(ZeroPeriod, ros.Time);
        using var waited = new CancellationTokenSource(deadline + silence, ros.Time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancel, waited.Token);
        try
        {
            var began = ros.Time.GetTimestamp();
            var (seen, silent) = (began, TimeSpan.Zero);
            actions.CommandZero();
            await EndEveryGoalAsync(deadline, both.Token);
            actions.CommandZero();
            var asked = Now;
            while (senses.Still.Since is null || Now - asked < profile.Still.Dwell)
            {
                if (ros.Time.GetElapsedTime(began) - silent >= deadline) return false;
                await timer.WaitForNextTickAsync(both.Token);
                if (!senses.Still.IsHeard) silent += ros.Time.GetElapsedTime(seen);
                seen = ros.Time.GetTimestamp();
                actions.CommandZero();
            }
            return true;
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return false;
        }
    }

    public Task ProtectiveStopAsync(TimeSpan deadline, CancellationToken cancel) => stops.CarryOutAsync(called.Names, deadline, cancel);

    /// <summary>A head without a server looks at nothing, and that would be taken for a look that showed nothing.</summary>
    private async Task ServersAreBackAsync(CancellationToken cancel)
    {
        if (!serversMayBeAway) return;
        await ServersOf.ThereAsync(ros.Time, () => actions.AllServersAreThere, cancel);
        serversMayBeAway = false;
    }

    /// <summary>
    /// What the fingers of another process, or of an attempt that was broken off, closed on: how it lies between them is seen, else it is as they were to grasp it,
    /// else as what stood upright is grasped.
    /// </summary>
    private void FeelTheHand()
    {
        if (hand.Held is { IsSure: true } || !senses.Gripper.Grips || senses.Gripper.Grasped is not (var name, _) || site.FindObject(name) is not { } item) return;
        if (senses.InHand(name) is { } seen) hand.Held = HeldObject.Between(name, seen, isSure: false);
        else if (hand.Held?.Object != name) hand.Held = HeldObject.Upright(item, profile.Gripper);
    }

    /// <summary>What the last step that was to end with something in the hand was to grasp.</summary>
    private static string? LastGrasped(PlanState state) => state.Steps.Where(step => step.Attempts > 0).SelectMany(step => World.ConditionAtoms.Demanded(step.Bound.Post))
        .LastOrDefault(atom => atom.Predicate == "holding")?.Arguments[1];

    /// <summary>The executor starts an attempt after a protective stop only on a person's word: then, and not before, the robot may move again.</summary>
    private async Task ReleaseStopAsync(TimeSpan deadline, CancellationToken cancel)
    {
        if (await stops.ReleaseAsync(deadline, cancel) is { } problem) throw StepFailedException.Failed("STOP_HOLDS", problem);
    }

    /// <summary>After a lost link, or a goal whose end nobody heard: what may still run is cancelled, and its end watched, before anything else is sent.</summary>
    private async Task EndEveryGoalAsync(TimeSpan deadline, CancellationToken cancel)
    {
        if (!goalsMayRun) return;
        var left = await new EveryGoal(ros, profile, called.Names).CancelAsync(deadline, cancel);
        goalsMayRun = !left.IsEmpty;
    }

    // After an outage each server comes back in its own time: only one that is missed then is gone.
    private void TellServed()
    {
        if (connected && !linkLost && !serversMayBeAway) actions.TellServed(goalSense);
        goalSense.Step();
    }

    private void NoteUnknown(StepFailedException failure) => goalsMayRun |= failure.Report.Reported == Outcome.Unknown;

    private void LinkChanged(LinkState link) => ReachChanged();

    // It is out of reach when the link says so, and when nothing is heard of it over a link that says otherwise.
    private void ReachChanged()
    {
        var lost = ros.Link != LinkState.Up || !senses.Voice.IsHeard;
        // Before the robot has told what it is there is nothing that a lost link could interrupt.
        if (!connected || linkLost == lost) return;
        linkLost = lost;
        serversMayBeAway = true;
        goalsMayRun = true;
        if (linkLost) inbox.LinkLost();
        else inbox.LinkBack();
    }

    public void Dispose()
    {
        ros.LinkChanged -= LinkChanged;
        senses.VoiceChanged -= ReachChanged;
        senses.Heard -= TellServed;
        senses.Dispose();
        actions.Dispose();
        foreign.Dispose();
        called.Dispose();
        own?.Dispose();
    }

    /// <summary>Another viewpoint of a camera on a mast is the same place without the arm before it.</summary>
    private static async Task ClearTheViewAsync(SkillContext context)
    {
        await context.RiseAsync(context.Profile.Approach, 1);
        await context.ToPostureAsync("carry", Carry.Below(context));
    }

    private static GoalTimeouts Timeouts(StepTimeouts timeouts) => new(timeouts.Accept, timeouts.Cancel);
}
