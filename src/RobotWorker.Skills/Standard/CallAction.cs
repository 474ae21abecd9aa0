using RobotWorker.Execution;
using RobotWorker.Skills.Actions;

namespace RobotWorker.Skills.Standard;

/// <summary>Sends a goal to an action that the plan names, of any type.</summary>
internal sealed class CallAction(CalledActions actions) : ISkill
{
    public string Name => ActionCallChecker.Skill;

    public async Task<AttemptReport> RunAsync(SkillContext context)
    {
        await actions.RunAsync(context.Goals, context.Argument("action"), context.Argument("type"), context.Argument("goal"), context.Timeouts);
        return AttemptReport.Success;
    }
}
