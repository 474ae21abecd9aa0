using RobotWorker.Execution;

namespace RobotWorker.Skills.Senses;

/// <summary>
/// The robot's own operating mode, as its mode selector tells it: the words of VDA 5050 on a topic of std_msgs/String. A word that is none of them is taken for
/// MANUAL: who cannot tell that the robot is ours does not move it.
/// </summary>
internal sealed class ModeSense(string topic, IWorkerInbox inbox)
{
    private string? heard;

    public void Take(string word)
    {
        if (word == heard) return;
        heard = word;
        if (OperatingModes.Parse(word) is { } mode) inbox.ModeChanged(mode, $"the robot, on {topic}", ofRobot: true);
        else inbox.ModeChanged(OperatingMode.Manual, $"'{word}' on {topic}, which is no operating mode (there are: {string.Join(", ", OperatingModes.All)})", ofRobot: true);
    }
}
