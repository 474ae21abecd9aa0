using System.Globalization;
using RobotWorker.Execution;
using RobotWorker.Skills.Actions;

namespace RobotWorker.Skills.Standard;

/// <summary>Opens or closes the empty gripper.</summary>
internal sealed class SetGripper : ISkill
{
    public string Name => "gripper";

    public async Task<AttemptReport> RunAsync(SkillContext context)
    {
        if (context.Senses.Gripper.Grips) throw StepFailedException.Failed("HAND_FULL", "the gripper holds something; it is not moved");
        var width = double.Parse(context.Argument("width"), CultureInfo.InvariantCulture);
        var effort = double.Parse(context.Argument("max_effort"), CultureInfo.InvariantCulture);
        await context.Actions.GripAsync(context.Goals, width, effort, context.Timeouts);
        return AttemptReport.Success;
    }
}
