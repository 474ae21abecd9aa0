namespace RobotWorker.Firmware.Servos;

/// <summary>How one servo sits in its joint, so that angles are radians.</summary>
/// <param name="Name">The joint's name.</param>
/// <param name="ZeroCounts">What the encoder reads where the joint is at 0 rad.</param>
/// <param name="Direction">1: more counts are a greater angle; -1: a smaller one.</param>
/// <param name="MinCounts">The least count that the joint may go to, by its mechanics.</param>
/// <param name="MaxCounts">The greatest.</param>
public sealed record ServoCalibration(byte Id, string Name, int ZeroCounts = 2048, int Direction = 1, int MinCounts = 0, int MaxCounts = 4095, int CountsPerTurn = 4096)
{
    /// <summary>What one count is. Always positive.</summary>
    public double RadiansPerCount => Math.Tau / CountsPerTurn;

    public double MinRadians => Math.Min(RadiansOf(MinCounts), RadiansOf(MaxCounts));

    public double MaxRadians => Math.Max(RadiansOf(MinCounts), RadiansOf(MaxCounts));

    public double RadiansOf(double counts) => Direction * (counts - ZeroCounts) * RadiansPerCount;

    public int CountsOf(double radians) => (int)Math.Round(ZeroCounts + (Direction * radians / RadiansPerCount));

    /// <exception cref="ArgumentException">It contradicts itself.</exception>
    public void Validate()
    {
        if (Direction is not (1 or -1)) throw new ArgumentException($"servo {Id} ('{Name}'): direction must be 1 or -1, not {Direction}");
        if (MinCounts >= MaxCounts) throw new ArgumentException($"servo {Id} ('{Name}'): the range {MinCounts} to {MaxCounts} counts is empty; calibrate it again");
        if (CountsPerTurn <= 0) throw new ArgumentException($"servo {Id} ('{Name}'): a turn must have counts, not {CountsPerTurn}");
        if (Id > 252) throw new ArgumentException($"servo '{Name}': ids go from 0 to 252, not {Id}");
    }
}
