using System.Globalization;
using RobotWorker.Execution;

namespace RobotWorker.Skills.Standard;

/// <summary>Opens or closes the empty gripper.</summary>
internal sealed class SetGripper : ISkill
{
    public string Name => "gripper";

    public async Task<AttemptReport> RunAsync(SkillContext context)
    {
        if (context.Attempt.Goal is null) context.ExpectEmptyHand();
        var width = double.Parse(context.Argument("width"), CultureInfo.InvariantCulture);
        var effort = double.Parse(context.Argument("max_effort"), CultureInfo.InvariantCulture);
        await context.Actions.GripAsync(context.Goals, width, effort, context.Timeouts);
        return AttemptReport.Success;
    }
}
