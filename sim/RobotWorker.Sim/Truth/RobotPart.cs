namespace RobotWorker.Sim.Truth;

/// <summary>A part of the robot that moves by itself.</summary>
public enum RobotPart
{
    Arm,
    Base,
    Gripper,
    Head,
}
