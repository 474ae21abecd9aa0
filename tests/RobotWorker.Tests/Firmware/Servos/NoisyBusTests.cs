using RobotWorker.Firmware.Dynamixel;
using RobotWorker.Firmware.Emulation;
using RobotWorker.Firmware.Feetech;
using RobotWorker.Firmware.Links;
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
        var expected = run.Witness.Expected.Passing;
        TestContext.Out.WriteLine($"{run}; of these the CRC lets expect {expected:0.00} to pass");

        if (rate <= 0.01) Assert.That(run.Witness.Foreign, Is.Empty);

        // A frame that passes may hold a write for each servo. Three sigma, and one.
        Assert.That(run.Witness.Foreign, Has.Count.LessThanOrEqualTo(Servos * (expected + (3 * Math.Sqrt(expected)) + 1)));
        Assert.That(run.Farthest, Is.LessThan(1));
        AssertNoisy(run, rate);
    }

    private static void CheckFeetech(double rate, int transactions)
    {
        var run = Run(ServoMake.Feetech, rate, transactions);
        TestContext.Out.WriteLine(run);

        // A foreign goal lasts until the next goal arrives: at 5 %, where one frame in six does, for some tenths of a second.
        Assert.That(run.Farthest, Is.LessThan(rate <= 0.01 ? 0.3 : 2));
        AssertNoisy(run, rate);
    }

    /// <summary>The cable was as bad as it was to be: of frames of ten bytes and more, at least so many were harmed.</summary>
    private static void AssertNoisy(NoisyRun run, double rate) =>
        Assert.Multiple(() =>
        {
            Assert.That(run.Witness.Expected.Harmed, Is.GreaterThan(run.Witness.Frames * (1 - Math.Pow(1 - rate, 10))));
            Assert.That(run.Witness.Executed, Is.GreaterThan(run.Witness.Frames / 10), "and still the servos were led");
        });

    private static NoisyRun Run(ServoMake make, double rate, int transactions)
    {
        ArrivalTap? tap = null;
        WriteWitness? witness = null;

        // Of the bytes that are touched four in ten lose a bit, four lie in bursts of five on average, one is lost, and one comes twice.
        var faults = new LinkFaults(Flip: 0.4 * rate, Burst: 0.4 * rate / 5, Drop: 0.1 * rate, Double: 0.1 * rate);

        // The one long answer of a fast sync read never arrives in whole at 5 %: there each servo answers for itself.
        var options = new DynamixelOptions { UsesFastSyncRead = rate <= 0.01 };
        var rig = ServoRig.Of(make, Servos, through: (link, bench) => witness = new WriteWitness(tap = new ArrivalTap(link), bench, make), dynamixel: options);
        var run = new NoisyRun(rig, witness!, tap!, new FaultyLink(tap!, faults, seed: 2, new FrozenTime()));
        run.Start();
        while (witness!.Frames < transactions) run.Cycle();
        return run;
    }

    /// <summary>The arm above the bus, as simple as can be: it goes on from where the servos are, waits while it is blind, and switches on again what let go.</summary>
    /// <remarks>Over a cable that loses every second frame no torque comes on: too many answers must agree. A person who switches it on mends the cable for that time.</remarks>
    private sealed class NoisyRun(ServoRig rig, WriteWitness witness, IByteLink good, IByteLink bad)
    {
        private readonly double[] goals = new double[Servos];
        private double seconds;
        private int restarts;
        private int refusals;
        private int told;
        private int foreign;

        public WriteWitness Witness => witness;

        /// <summary>The farthest that a joint was from its setpoint while its servo was driven.</summary>
        public double Farthest { get; private set; }

        public void Start()
        {
            rig.TorqueOnAll();
            witness.Cable = bad;
        }

        public void Cycle()
        {
            witness.NextCycle();
            seconds += 0.01;
            for (var i = 0; i < Servos; i++) goals[i] = 0.4 * Math.Sin((0.5 * seconds) + i) * Math.Min(1, seconds / 5);
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

            MendMemory();
        }

        public override string ToString() =>
            $"{witness.Frames} transactions, {witness.Expected.Harmed} frames harmed, {witness.Executed} writes executed as sent, {witness.Foreign.Count} foreign writes ({witness.Foreign.Count(IsOfGoalOrTorque)} to goal or torque), {witness.Late} late by less than a cycle, told {told} times, "
            + $"{refusals} cycles refused, {restarts} restarts, farthest {Farthest:0.000} rad, {rig.Group.Statistics.Implausible} implausible, {rig.Group.Statistics.BadChecks} bad checks, {rig.Group.Statistics.Repairs} repairs, {rig.Group.Statistics.ForeignGoals} foreign and {rig.Group.Statistics.LostGoals} lost goals seen";

        private void Restart(int servo)
        {
            restarts++;
            witness.Cable = good;
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

            witness.Cable = bad;
        }

        private bool IsOfGoalOrTorque(RegisterWrite write) => write.Address == rig.Goal.Address || write.Address == rig.Torque.Address;

        // A register of the EEPROM that was written though locked lasts until the power goes: an id among them, and the servo is lost till then.
        private void MendMemory()
        {
            for (; foreign < witness.Foreign.Count; foreign++)
            {
                if (witness.Foreign[foreign].Address < 40) PowerCycle();
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
