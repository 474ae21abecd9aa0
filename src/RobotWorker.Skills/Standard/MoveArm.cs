using RobotWorker.Execution;

namespace RobotWorker.Skills.Standard;

/// <summary>Brings the arm into a named posture.</summary>
internal sealed class MoveArm : ISkill
{
    public string Name => "move_arm";

    public async Task<AttemptReport> RunAsync(SkillContext context)
    {
        if (context.Attempt.Goal is null) await context.ToPostureAsync(context.Argument("posture"), Carry.Below(context));
        else await context.FollowAsync(new([], []));
        return AttemptReport.Success;
    }
}
