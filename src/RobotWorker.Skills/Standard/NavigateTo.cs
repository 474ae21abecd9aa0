using RobotWorker.Execution;
using RobotWorker.Skills.Actions;

namespace RobotWorker.Skills.Standard;

/// <summary>Drives the base to a place, arm folded. What is held stays held.</summary>
internal sealed class NavigateTo : ISkill
{
    public string Name => "navigate_to";

    public async Task<AttemptReport> RunAsync(SkillContext context)
    {
        var name = context.Argument("place");
        var station = context.Site.FindStation(name) ?? throw StepFailedException.Failed("NO_SUCH_PLACE", $"the site has no place '{name}'");
        if (context.Attempt.Goal is null && !context.Senses.Postures.IsIn("carry")) await context.ToPostureAsync("carry", Carry.Below(context));
        await context.Actions.DriveAsync(context.Goals, station.Pose, context.Timeouts);
        return AttemptReport.Success;
    }
}
