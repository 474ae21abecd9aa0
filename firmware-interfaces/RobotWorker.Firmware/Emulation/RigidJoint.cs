namespace RobotWorker.Firmware.Emulation;

/// <summary>One joint of a <see cref="RigidServoPlant"/>.</summary>
/// <param name="InertiaKilogramSquareMetres">With the motor's own, behind the gear.</param>
/// <param name="ViscousNewtonMetreSeconds">Friction that grows with the speed.</param>
/// <param name="CoulombNewtonMetres">Friction that does not; below it the joint sticks.</param>
/// <param name="GravityNewtonMetres">What its weight pulls where it is level (0 rad); it pulls towards smaller angles, with the cosine.</param>
/// <param name="MinRadians">End stop.</param>
/// <param name="MaxRadians">End stop.</param>
public sealed record RigidJoint(
    double InertiaKilogramSquareMetres = 0.004, double ViscousNewtonMetreSeconds = 0.02, double CoulombNewtonMetres = 0.03, double GravityNewtonMetres = 0,
    double MinRadians = -2.9, double MaxRadians = 2.9, double StartRadians = 0);
