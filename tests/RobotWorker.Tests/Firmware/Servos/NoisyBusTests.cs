using RobotWorker.Firmware.Dynamixel;
using RobotWorker.Firmware.Emulation;
using RobotWorker.Firmware.Feetech;
using RobotWorker.Firmware.Servos;

namespace RobotWorker.Tests.Firmware.Servos;

/// <summary>Four servos sway over a noisy cable. What does a servo do that nobody told it?</summary>
public sealed class NoisyBusTests
{
    private const int Servos = 4;

    [TestCase(0.001)]
    [TestCase(0.01)]
    [TestCase(0.05)]
    public void Dynamixel_ExecutesNoMoreForeignWritesThanTheCrcLetsExpect(double rate) => CheckDynamixel(rate, 20_000);

    [TestCase(0.001)]
    [TestCase(0.01)]
    [TestCase(0.05)]
    [Category("Slow")]
    public void Dynamixel_OverAMillionTransactions_ExecutesNoMoreForeignWritesThanTheCrcLetsExpect(double rate) => CheckDynamixel(rate, 1_000_000);

    [TestCase(0.001)]
    [TestCase(0.01)]
    [TestCase(0.05)]
    public void Feetech_ForeignWritesThatPassedTheWeakChecksum_AreSeenAndMoveNothingFar(double rate) => CheckFeetech(rate, 20_000);

    [TestCase(0.001)]
    [TestCase(0.01)]
    [TestCase(0.05)]
    [Category("Slow")]
    public void Feetech_OverAMillionTransactions_ForeignWritesAreSeenAndMoveNothingFar(double rate) => CheckFeetech(rate, 1_000_000);

    private static void CheckDynamixel(double rate, int transactions)
    {
        var run = Run(ServoMake.Dynamixel, rate, transactions);
        var expected = run.Link.CrcMayMiss / 32768.0;
        TestContext.Out.WriteLine($"{run}; of {run.Link.CrcMayMiss} frames that the CRC may miss it lets expect {expected:0.00}");

        if (rate <= 0.01) Assert.That(run.Witness.Foreign, Is.Empty);

        // A frame that passes may hold a write for each servo. Three sigma, and one.
        Assert.That(run.Witness.Foreign, Has.Count.LessThanOrEqualTo(Servos * (expected + (3 * Math.Sqrt(expected)) + 1)));
        Assert.That(run.Farthest, Is.LessThan(1));
    }

    private static void CheckFeetech(double rate, int transactions)
    {
        var run = Run(ServoMake.Feetech, rate, transactions);
        TestContext.Out.WriteLine(run);

        // A foreign goal lasts until the next goal arrives: at 5 %, where one frame in six does, for some tenths of a second.
        Assert.That(run.Farthest, Is.LessThan(rate <= 0.01 ? 0.3 : 2));
    }

    private static NoisyRun Run(ServoMake make, double rate, int transactions)
    {
        LossyLink? lossy = null;
        WriteWitness? witness = null;

        // The one long answer of a fast sync read never arrives in whole at 5 %: there each servo answers for itself.
        var options = new DynamixelOptions { UsesFastSyncRead = rate <= 0.01 };
        var rig = ServoRig.Of(make, Servos, through: (link, bench) => witness = new WriteWitness(lossy = new LossyLink(link, rate, seed: 2), bench, make), dynamixel: options);
        lossy!.IsQuiet = true;
        rig.TorqueOnAll();
        lossy.IsQuiet = false;

        var run = new NoisyRun(rig, lossy, witness!);
        while (witness!.Frames < transactions) run.Cycle();
        return run;
    }

    /// <summary>The arm above the bus, as simple as can be: it goes on from where the servos are, waits while it is blind, and switches on again what let go.</summary>
    private sealed class NoisyRun(ServoRig rig, LossyLink link, WriteWitness witness)
    {
        private readonly double[] goals = new double[Servos];
        private double seconds;
        private int restarts;
        private int refusals;
        private int told;

        public LossyLink Link => link;

        public WriteWitness Witness => witness;

        /// <summary>The farthest that a joint was from its setpoint while its servo was driven.</summary>
        public double Farthest { get; private set; }

        public void Cycle()
        {
            seconds += 0.01;
            for (var i = 0; i < Servos; i++) goals[i] = 0.4 * Math.Sin((0.5 * seconds) + i) * Math.Min(1, seconds / 5);
            var foreign = witness.Foreign.Count;
            try
            {
                rig.Group.Cycle(goals, rig.States);
            }
            catch (ServoBusException)
            {
                refusals++;
            }

            rig.Bench.Advance(0.01);
            for (var i = 0; i < Servos; i++)
            {
                var state = rig.States[i];
                if ((state.Flags & (ServoFlags.GoalDiffers | ServoFlags.Tampered | ServoFlags.TorqueLost)) != 0) told++;
                if (rig.Register((byte)(i + 1), rig.Torque) == 1) Farthest = Math.Max(Farthest, Math.Abs(rig.Plant.Positions[i] - goals[i]));
                if (state.IsFresh && (!state.TorqueOn || (state.Flags & ServoFlags.WatchdogTripped) != 0)) Restart(i);
            }

            // A register of the EEPROM that was written though locked lasts until the power goes: an id among them, and the servo is lost till then.
            if (witness.Foreign.Skip(foreign).Any(write => write.Address < 40)) PowerCycle();
        }

        public override string ToString() =>
            $"{witness.Frames} transactions, {link.Harmed} frames harmed, {witness.Foreign.Count} foreign writes ({witness.Foreign.Count(write => write.Address is 40 or 42)} to goal or torque), told {told} times, "
            + $"{refusals} cycles refused, {restarts} restarts, farthest {Farthest:0.000} rad, {rig.Group.Statistics.Implausible} implausible, {rig.Group.Statistics.BadChecks} bad checks, {rig.Group.Statistics.Repairs} repairs, {rig.Group.Statistics.ForeignGoals} foreign and {rig.Group.Statistics.LostGoals} lost goals seen";

        private void Restart(int servo)
        {
            restarts++;
            try
            {
                // It is led back to its setpoint slowly by a person; here at once.
                rig.Plant.Place(servo, goals[servo]);
                rig.Bench.Advance(0.01);
                rig.Group.SafeTorqueOn(servo);
            }
            catch (ServoBusException)
            {
                // The next cycle tries again.
            }
        }

        private void PowerCycle()
        {
            rig.Bench.PowerCycle();
            for (byte id = 1; id <= Servos; id++)
            {
                if (rig.Make == ServoMake.Feetech && rig.Register(id, StsRegisters.Id) != id) throw new InvalidOperationException("a locked EEPROM kept what was written");
            }
        }
    }
}
