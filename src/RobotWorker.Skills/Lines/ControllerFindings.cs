using System.Collections.Immutable;
using RobotWorker.Diagnostics;
using RobotWorker.Ros.Graph;
using RobotWorker.Ros.Messages.ControllerManagerMsgs;
using RobotWorker.Skills.Profile;

namespace RobotWorker.Skills.Lines;

/// <summary>Whether the controllers behind a robot's actions are active: an action server may be there while its controller is not, and then rejects every goal.</summary>
internal static class ControllerFindings
{
    private const string Prefix = "controllers.";
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(5);

    // What ROS 2 and ROS 1 call a controller that is in command.
    private static readonly string[] InCommand = ["active", "running"];

    /// <summary>The action that a finding is about, in the words of <see cref="RobotCheck"/>: <c>controllers.gripper</c> is about <c>actions.gripper</c>.</summary>
    public static string ActionOf(string subject) => subject.StartsWith(Prefix, StringComparison.Ordinal) ? $"actions.{subject[Prefix.Length..]}" : subject;

    /// <summary>Asks the controller manager; nothing where the profile names no controllers.</summary>
    public static async Task<ImmutableArray<CheckFinding>> AskAsync(IRosConnection ros, ControllerNeeds needs, CancellationToken cancel)
    {
        if (needs.ByAction.IsEmpty) return [];
        var service = needs.Manager + "/list_controllers";
        try
        {
            var there = (await ros.CallServiceAsync(ListControllers.Type, service, new(), Deadline, cancel)).Controller;
            return [.. needs.ByAction.Select(need => Finding(need.Key, need.Value, there))];
        }
        catch (Exception e) when (e is RosServiceException or RosGraphException)
        {
            return [.. needs.ByAction.Keys.Select(key => new CheckFinding(
                Prefix + key, false, $"{service} does not answer: {e.Message}", "start the controller manager, or correct 'controller_manager' in the profile"))];
        }
    }

    private static CheckFinding Finding(string action, ImmutableArray<string> needed, ImmutableArray<ControllerState> there)
    {
        foreach (var name in needed)
        {
            if (there.FirstOrDefault(c => c.Name == name) is not { } controller)
                return new(Prefix + action, false, $"the controller {name} is not loaded; {Nearest.Help(name, [.. there.Select(c => c.Name)])}", "load and activate it, or correct 'controllers' in the profile");
            if (!InCommand.Contains(controller.State))
                return new(Prefix + action, false, $"the controller {name} is {controller.State}", "activate it: goals of this action would be rejected");
        }
        return new(Prefix + action, true, $"{string.Join(", ", needed)}: active");
    }
}
