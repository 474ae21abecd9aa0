using System.Globalization;
using RobotWorker.Execution;
using RobotWorker.Ros.Graph;
using RobotWorker.Skills.Actions;
using RobotWorker.Skills.Policies;

namespace RobotWorker.Skills.Standard;

/// <summary>
/// Lets a policy move the whole robot by streamed targets, until the policy is done, or its time is over. What came of it the world shows afterwards, as with any other skill.
/// </summary>
/// <param name="source">Null: this worker has no policies.</param>
internal sealed class RunPolicy(IRosConnection ros, IPolicySource? source) : ISkill
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public string Name => IPolicySource.Skill;

    public async Task<AttemptReport> RunAsync(SkillContext context)
    {
        var profile = context.Profile;
        if (new[] { profile.Names.ArmCommands, profile.Names.GripperCommands, profile.Names.HeadCommands }.Any(topic => topic.Length == 0))
            throw StepFailedException.Failed("NO_SUCH_TOPIC", "the robot's profile has no topics for streamed targets (arm_commands, gripper_commands, head_commands)");
        var most = double.Parse(context.Argument("most"), CultureInfo.InvariantCulture) is > 0 and var seconds ? TimeSpan.FromSeconds(seconds) : TimeSpan.MaxValue;
        using var policy = Open(context.Argument("policy"));
        using var told = new RobotTold(ros, profile);
        using var topics = new CommandTopics(ros, profile);
        if (!await context.Senses.UntilAsync(() => told.IsWhole, Patience, context.Cancel))
            throw StepFailedException.Failed("NOT_HEARD", $"the robot does not tell all of its joints, its speed and its place within {Patience.TotalSeconds} s");
        try
        {
            await new PolicyDrive(policy, told, profile, ros.Time, action => topics.Send(action)).RunAsync(most, context.Cancel);
        }
        catch (PolicyException e)
        {
            throw StepFailedException.Failed("POLICY_FAILED", e.Message);
        }
        finally
        {
            await ComeToRestAsync(context, topics);
        }
        return AttemptReport.Success;
    }

    private IPolicy Open(string name)
    {
        if (source is null) throw StepFailedException.Failed("NO_POLICY", "this worker was given no policies");
        try
        {
            return source.Open(name);
        }
        catch (PolicyException e)
        {
            throw StepFailedException.Failed("NO_POLICY", e.Message);
        }
    }

    /// <summary>Nothing is streamed any more, which no goal's end would tell: the robot is seen to stand. Also where the step was cancelled.</summary>
    private static async Task ComeToRestAsync(SkillContext context, CommandTopics topics)
    {
        topics.Stop();
        var (senses, stopped) = (context.Senses, context.Senses.Clock.Now);
        bool Stands() => senses.Still.Since is not null && senses.Clock.Now - stopped >= context.Profile.Still.Dwell;
        if (!await senses.UntilAsync(Stands, context.Timeouts.Cancel, CancellationToken.None))
            throw StepFailedException.Unknown("NOT_STILL", $"the robot is not seen to stand still {context.Timeouts.Cancel.TotalSeconds:0.#} s after the policy");
    }
}
