using RobotWorker.Firmware.Servos;

namespace RobotWorker.Firmware.Arm;

/// <summary>Something for the bus between two cycles, such as torque on. It waits for as long as the link is down; it fails alone.</summary>
/// <param name="Do">On the bus's thread.</param>
/// <param name="Done">On the episode's loop, after the readings of the same cycle: null, or why not.</param>
public sealed record ServoWork(Action<IServoBus> Do, Action<ServoBusException?>? Done = null);
