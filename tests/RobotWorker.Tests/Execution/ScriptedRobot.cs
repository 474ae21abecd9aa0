using System.Collections.Immutable;
using RobotWorker.Execution;
using RobotWorker.Skills;
using RobotWorker.Time;
using RobotWorker.World;

namespace RobotWorker.Tests.Execution;

/// <summary>How one attempt shall go.</summary>
/// <param name="Effect">Whether the world changes as the skill promises.</param>
/// <param name="Hangs">It ends only when it is cancelled.</param>
/// <param name="Deaf">It does not even hear the cancellation.</param>
/// <param name="EndsLate">Deaf as it is, it ends after its seconds.</param>
/// <param name="Then">Happens to the world at its end.</param>
internal sealed record Behaviour(
    bool Effect = true, string? Code = null, Outcome Reported = Outcome.Succeeded, double Seconds = 1, bool Hangs = false, bool Deaf = false,
    Action<ScriptedRobot>? Then = null, Exception? Throws = null, bool EndsLate = false)
{
    public static Behaviour Fails(string code, bool effect = false, Action<ScriptedRobot>? then = null) => new(effect, code, Outcome.Failed, Then: then);
}

/// <summary>
/// A robot that does as it is told by the test. It has a world of atoms that are true; looking tells about it. A double for the executor's
/// tests alone: whole runs use the simulated robot.
/// </summary>
/// <param name="world">A world that was there before, with <paramref name="effects"/>; null: a new one.</param>
/// <param name="since">How long it has been there.</param>
internal sealed class ScriptedRobot(
    TimeProvider time, IWorkerInbox inbox, SortedSet<string>? world = null, SortedDictionary<string, int>? effects = null, TimeSpan since = default) : IRobot
{
    private readonly Dictionary<(string Step, int Attempt), Behaviour> script = [];

    public RobotTime Now => new((since + time.GetElapsedTime(0)).Ticks * 100);

    public SortedSet<string> True { get; } = world ?? new(StringComparer.Ordinal);

    /// <summary>Predicates or atoms that looking does not settle.</summary>
    public SortedSet<string> Hidden { get; } = new(StringComparer.Ordinal);

    /// <summary>What happened, in order, as <c>1.0 start root/grasp#1</c>.</summary>
    public List<string> Log { get; } = [];

    /// <summary>What was done in which order, without times.</summary>
    public IEnumerable<string> Did => Log.Select(l => l[(l.IndexOf(' ') + 1)..]);

    public List<Attempt> Attempts { get; } = [];

    /// <summary>Attempts that are moving, with how they shall go.</summary>
    public List<(Attempt Attempt, Behaviour Behaviour)> UnderWay { get; } = [];

    /// <summary>How often each attempt's effect came about, by skill and arguments: what an observer of the world counts.</summary>
    public SortedDictionary<string, int> Effects { get; } = effects ?? new(StringComparer.Ordinal);

    /// <summary>How many attempts are moving.</summary>
    public int Moving { get; private set; }

    public bool NeverStill { get; set; }

    public bool StillAfterProtectiveStop { get; set; } = true;

    /// <summary>What is thrown by the protective stop once it has been done, or null.</summary>
    public string? ProtectiveStopFails { get; set; }

    /// <summary>Whether each attempt tells of one action goal, as the skills' do.</summary>
    public bool TellsGoals { get; set; }

    /// <summary>Whether the goal of an attempt that is taken up still runs.</summary>
    public Func<Attempt, bool> StillRuns { get; set; } = _ => true;

    /// <summary>Called with every start, for invariants.</summary>
    public Action<Attempt>? Starting { get; set; }

    /// <summary>Decides how an attempt goes that the script does not mention.</summary>
    public Func<Attempt, Behaviour> Otherwise { get; set; } = _ => new();

    public Func<Task>? Observing { get; set; }

    /// <summary>Looks that were allowed to move the arm and are doing so.</summary>
    public int LooksMovingArm { get; private set; }

    /// <summary>Called again and again while a look moves the arm, for invariants.</summary>
    public Action? MovesArmToLook { get; set; }

    public void On(string step, int attempt, Behaviour behaviour) => script[(step, attempt)] = behaviour;

    public void Tell(Atom atom)
    {
        if (Hidden.Contains(atom.Predicate) || Hidden.Contains(atom.ToString())) return;
        inbox.FactObserved(new(atom, True.Contains(atom.ToString()) ? Truth.True : Truth.False, Now, "sense"));
    }

    public async Task<AttemptReport> AttemptAsync(Attempt attempt, CancellationToken cancel)
    {
        var name = $"{attempt.Path}#{attempt.Number}";
        Attempts.Add(attempt);
        Say(attempt.Goal is null ? $"start {name}" : $"take up {name}");
        Starting?.Invoke(attempt);
        var behaviour = script.GetValueOrDefault((attempt.Path[(attempt.Path.LastIndexOf('/') + 1)..], attempt.Number)) ?? Otherwise(attempt);
        if (attempt.Goal is not null && !StillRuns(attempt)) return AttemptReport.Unknown(AttemptReport.ProcessRestarted, "its goal is not known any more");
        if (behaviour.Throws is { } broken) throw broken;
        if (attempt.Goal is null) Note(attempt, GoalStage.Sent);
        Note(attempt, GoalStage.Accepted);
        Moving++;
        UnderWay.Add((attempt, behaviour));
        try
        {
            var wait = behaviour.Hangs || (behaviour.Deaf && !behaviour.EndsLate) ? Timeout.InfiniteTimeSpan : TimeSpan.FromSeconds(behaviour.Seconds);
            await Task.Delay(wait, time, behaviour.Deaf ? CancellationToken.None : cancel);
        }
        catch (OperationCanceledException)
        {
            Say($"cancelled {name}");
            await Task.Delay(TimeSpan.FromMilliseconds(100), time, CancellationToken.None);
            Note(attempt, GoalStage.Ended, "canceled");
            return AttemptReport.Failure("CANCELED", "cancelled");
        }
        finally
        {
            Moving--;
            UnderWay.Remove((attempt, behaviour));
        }
        if (behaviour.Effect) Change(attempt);
        behaviour.Then?.Invoke(this);
        Note(attempt, GoalStage.Ended, behaviour.Reported == Outcome.Succeeded ? "succeeded" : behaviour.Reported == Outcome.Failed ? "aborted" : "unknown");
        Say($"end {name}");
        return new(behaviour.Reported, behaviour.Code, behaviour.Code, ImmutableSortedDictionary<string, string>.Empty.Add("what", "cup2"));
    }

    public async Task ObserveAsync(ObserveRequest request, CancellationToken cancel)
    {
        Say(request.Viewpoint == 0 ? "look" : $"look from {request.Viewpoint}");
        if (Observing is { } observing) await observing();
        if (request.MayMoveArm) await MoveArmAsideAsync(cancel);
        else await Task.Delay(TimeSpan.FromMilliseconds(200), time, cancel);
        foreach (var atom in request.Atoms) Tell(atom);
    }

    public async Task<bool> StandStillAsync(TimeSpan deadline, TimeSpan silence, CancellationToken cancel)
    {
        Say("stand still");
        if (NeverStill)
        {
            await Task.Delay(deadline, time, cancel);
            return false;
        }
        await Task.Delay(TimeSpan.FromMilliseconds(300), time, cancel);
        // A robot that is to stand still ends every goal first, also those that heard no cancellation (RosRobot, EveryGoal): none of them comes about later.
        UnderWay.Clear();
        return true;
    }

    public async Task ProtectiveStopAsync(TimeSpan deadline, CancellationToken cancel)
    {
        Say("protective stop");
        await Task.Delay(TimeSpan.FromMilliseconds(50), time, cancel);
        if (StillAfterProtectiveStop) NeverStill = false;
        Moving = 0;
        UnderWay.Clear();
        if (ProtectiveStopFails is { } why) throw new IOException(why);
    }

    private async Task MoveArmAsideAsync(CancellationToken cancel)
    {
        LooksMovingArm++;
        try
        {
            for (var step = 0; step < 4; step++)
            {
                MovesArmToLook?.Invoke();
                await Task.Delay(TimeSpan.FromMilliseconds(50), time, cancel);
            }
        }
        finally
        {
            LooksMovingArm--;
        }
    }

    /// <summary>The world as the attempt promises to make it.</summary>
    public void Change(Attempt attempt)
    {
        var effect = $"{attempt.Skill}({string.Join(", ", attempt.Arguments.Values)})";
        Effects[effect] = Effects.GetValueOrDefault(effect) + 1;
        var skill = BoundSkill.Of(Kitchen.Skills, Kitchen.Skills.Skills[attempt.Skill], attempt.Arguments, _ => null);
        foreach (var pattern in skill.Deletes)
            True.RemoveWhere(a => a.StartsWith(pattern.ToString().Replace("_)", "").TrimEnd(')'), StringComparison.Ordinal));
        foreach (var atom in skill.Post.Demanded()) True.Add(atom.ToString());
    }

    private void Note(Attempt attempt, GoalStage stage, string? status = null)
    {
        if (TellsGoals)
            inbox.GoalChanged(new(attempt.Path, attempt.Number, $"{attempt.Path}#{attempt.Number}", $"/{attempt.Skill}", stage, status, Kitchen.Skills.Skills[attempt.Skill].Resources[0]));
    }

    private void Say(string what) => Log.Add($"{Now.Seconds:0.0} {what}");
}
