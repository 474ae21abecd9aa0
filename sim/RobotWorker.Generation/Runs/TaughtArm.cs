using RobotWorker.Firmware.Arm;

namespace RobotWorker.Generation.Runs;

/// <summary>An arm that has no camera, and what it was taught instead.</summary>
public sealed record TaughtArm(ArmBody Body, TaughtPlaces Places);
