using RobotWorker.Firmware.Arm;
using RobotWorker.Firmware.Board;
using RobotWorker.Firmware.Links;
using RobotWorker.Ros.Graph;
using RobotWorker.Sim.Physics;

namespace RobotWorker.Generation.Runs;

/// <summary>A safety board between the supply and the servos of a simulated arm. Who brings it lets it run: its time passes with the arm's.</summary>
/// <param name="Open">Opens the link to it.</param>
/// <param name="IsClosed">Whether its relay is closed: then the servos have power.</param>
/// <param name="Pass">Lets its time pass, before that of the servos.</param>
public sealed record BenchBoard(Func<IByteLink> Open, Func<bool> IsClosed, Action<TimeSpan> Pass)
{
    /// <summary>Hears what it was wired to: for whoever stands beside it, presses, resets, and looks.</summary>
    public Action<GuardedArm> Wired { get; init; } = _ => { };
}

/// <summary>A simulated arm behind a safety board, as somebody sees it who stands beside it.</summary>
/// <param name="Ros">A connection for its services.</param>
/// <param name="World">The truth.</param>
public sealed record GuardedArm(SerialArm Arm, BoardNode Board, IRosConnection Ros, SimWorld World);
