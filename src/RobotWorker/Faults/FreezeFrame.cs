using System.Collections.Immutable;
using RobotWorker.Time;

namespace RobotWorker.Faults;

/// <summary>The signals around the moment at which a fault was confirmed: 10 s before to 5 s after, of every signal that was heard then.</summary>
/// <param name="Signals">In the order of their names.</param>
public sealed record FreezeFrame(string Code, string Component, RobotTime ConfirmedAt, ImmutableArray<SignalTrace> Signals);

/// <param name="Seconds">Of each sample, relative to the confirmation.</param>
/// <param name="Values">In the signal's unit.</param>
public sealed record SignalTrace(string Signal, ImmutableArray<double> Seconds, ImmutableArray<double> Values);
