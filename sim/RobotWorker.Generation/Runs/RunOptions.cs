using RobotWorker.Firmware.Arm;
using RobotWorker.Generation.Video;
using RobotWorker.Sim.Node;
using RobotWorker.Sim.Sensors;
using RobotWorker.Time;

namespace RobotWorker.Generation.Runs;

/// <summary>How an episode is run; what it is made from is the <see cref="Job"/>.</summary>
/// <param name="Seed">Of the scene's variation and of every random stream.</param>
/// <param name="Folder">Where its files go; made where it is missing.</param>
/// <param name="RenderCommand">Program and arguments that render a film (<see cref="FilmWorker"/>); needed for a film.</param>
public sealed record RunOptions(ulong Seed, Pace Pace, string Folder, VideoMode Video, IReadOnlyList<string> RenderCommand)
{
    /// <summary>Sends every message of the graph through CDR, as a wire would: decisions stay the same.</summary>
    public bool ThroughCdr { get; init; }

    /// <summary>How wrong the simulated robot's detector is.</summary>
    public DetectorNoise Detector { get; init; } = DetectorNoise.Default;

    /// <summary>How many times as large the errors of its sensors are (<see cref="SimulatedRobotOptions.SensorNoise"/>).</summary>
    public double SensorNoise { get; init; } = 1;

    /// <summary>Share of their usual rate at which its sensors tell (<see cref="SimulatedRobotOptions.SensorRate"/>).</summary>
    public double SensorRate { get; init; } = 1;

    /// <summary>The bus of emulated servos that moves the simulated arm; null: the simulated robot's own controllers do.</summary>
    public SerialArmDescription? SerialArm { get; init; }

    /// <summary>With <see cref="SerialArm"/>: where things stand was taught by hand, and there is no camera; null: there is one.</summary>
    public TaughtArm? Taught { get; init; }

    /// <summary>With <see cref="SerialArm"/>: before its servos' supply; null: they have power all the time.</summary>
    public BenchBoard? Board { get; init; }

    /// <summary>How long, on the robot's clock, it may take to say that it is there and how it is built.</summary>
    public TimeSpan ConnectDeadline { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Measures where wall time goes; the episode itself never reads it.</summary>
    public TimeProvider Stopwatch { get; init; } = TimeProvider.System;
}
