using RobotWorker.Chance;
using RobotWorker.Ros.Wire.Faults;

namespace RobotWorker.Generation.Serving;

/// <summary>The wire before a served robot, on which faults can be brought about. Which messages they strike depends on the seed and on the messages' numbers alone.</summary>
public static class SeededWire
{
    /// <param name="rate">Seconds of the robot in a second of the machine.</param>
    public static FaultyWire Of(ulong seed, double rate) => new(rate, key => RandomStream.For(seed, "served", $"wire/{key}").NextDouble);
}
