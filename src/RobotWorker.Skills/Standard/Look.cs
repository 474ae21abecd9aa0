using RobotWorker.Execution;
using RobotWorker.Motion;
using RobotWorker.Skills.Actions;

namespace RobotWorker.Skills.Standard;

/// <summary>Turns the camera to an object, a surface or a container.</summary>
internal sealed class Look : ISkill
{
    public string Name => "look";

    public async Task<AttemptReport> RunAsync(SkillContext context)
    {
        var name = context.Argument("at");
        if (context.Site.FindObject(name) is { } item) await context.LocateAsync(item);
        else await LookAtAsync(context, Point(context, name));
        return AttemptReport.Success;
    }

    private static async Task LookAtAsync(SkillContext context, Vec3 point)
    {
        using var head = await context.Senses.Head.TakeAsync(context.Cancel);
        await context.Actions.LookAtAsync(context.Goals, point, context.Timeouts);
    }

    private static Vec3 Point(SkillContext context, string name) =>
        context.Site.FindSurface(name)?.Top.Position ?? context.Site.FindContainer(name)?.Floor.Position
        ?? throw StepFailedException.Failed("NO_SUCH_TARGET", $"the site has nothing called '{name}'");
}
