using RobotWorker.Execution;

namespace RobotWorker.Skills.Standard;

/// <summary>How a skill of the catalogue is done with ROS actions.</summary>
internal interface ISkill
{
    /// <summary>The catalogue's name of it.</summary>
    string Name { get; }

    /// <summary>Does it once. Failure is a report or a <see cref="Actions.StepFailedException"/>.</summary>
    Task<AttemptReport> RunAsync(SkillContext context);
}
