using System.Collections.Immutable;
using System.Text.RegularExpressions;
using RobotWorker.Generation.Replay;
using RobotWorker.MuJoCo;
using RobotWorker.Sim.Physics;
using RobotWorker.Testing;

namespace RobotWorker.Tests.Generation.Replay;

/// <summary>A certificate is believed when it is whole, and altered at one place it tells which. Alterations pass through the file, whose own hash is thereby the altered one's.</summary>
public sealed class CertificateReplayTests
{
    private static readonly Lazy<ImmutableArray<string>> Names = new(() =>
    {
        using var again = new SteppedAgain(RecordedKitchen.Certificate);
        return [.. Enumerable.Range(0, again.Numbers.Count).Select(again.Numbers.NameOf)];
    });

    [OneTimeSetUp]
    public void NeedsMuJoCo() => Simulator.Require();

    [Test]
    public void Unaltered_WithEverythingThatFaultsAndPeopleDo_ComesToTheSameInEveryStep()
    {
        var verdict = Replay(RecordedKitchen.Certificate);

        Assert.That(verdict, Is.EqualTo(new ReplayVerdict(ReplayOutcome.Certified, RecordedKitchen.Steps, RecordedKitchen.Steps * SimWorld.StepSeconds)));
        Assert.That(RecordedKitchen.Certificate.Writes.Select(w => Names.Value[w.Slot].Split(' ', '[')[0]).Distinct(), Is.SupersetOf(
            ["qpos", "qvel", "qacc_warmstart", "ctrl", "qfrc_applied", "xfrc_applied", "geom_friction", "geom_priority", "dof_frictionloss", "actuator_gainprm", "actuator_biasprm"]), "all of these were written");
    }

    [Test]
    public void SameEpisodeTwice_SameBytes() =>
        Assert.That(CertificateFile.Pack(RecordedKitchen.Make().Certificate).AsSpan().SequenceEqual(CertificateFile.Pack(RecordedKitchen.Certificate)), Is.True);

    [TestCase("ctrl of actuator arm_joint_3", 33, false, "the input ctrl of actuator arm_joint_3")]
    [TestCase("ctrl of actuator base_x", 20, false, "the input ctrl of actuator base_x")]
    [TestCase("qfrc_applied of joint arm_joint_3", 77, false, "the input qfrc_applied of joint arm_joint_3")]
    [TestCase("xfrc_applied[1] of body hand", RecordedKitchen.Weakened, false, "the input xfrc_applied[1] of body hand")]
    [TestCase("actuator_gainprm[0] of actuator arm_joint_3", RecordedKitchen.Weakened, false, "the recorded change of the model's actuator_gainprm[0] of actuator arm_joint_3")]
    [TestCase("qpos of joint base_x", 150, false, "the recorded write to the state: qpos of joint base_x")]
    [TestCase("qpos of joint arm_joint_4", 0, false, "the initial state: qpos of joint arm_joint_4")]
    [TestCase("qpos of joint arm_joint_4", 0, true, "qpos of joint arm_joint_4")]
    public void OneRecordedNumber_ByItsLastBit_IsLocated(string quantity, int step, bool sums, string found)
    {
        var slot = SlotOf(quantity);
        var altered = RecordedKitchen.Certificate with { Writes = [.. RecordedKitchen.Certificate.Writes.Select(w => w.Step == step && w.Slot == slot ? w with { Bits = w.Bits ^ 1 } : w)] };
        Assert.That(altered.Writes.AsSpan().SequenceEqual(RecordedKitchen.Certificate.Writes.AsSpan()), Is.False, "it was written before this step");
        if (sums) altered = altered with { Checks = Certificate.ChecksOf(altered.Writes, altered.Head.Every) };

        var first = Difference(altered);

        Assert.That((first.Step, first.Quantity), Is.EqualTo((step, found)));
    }

    [Test]
    public void OneInput_AlteredWithItsSum_IsFoundAtItsStep_AndTheStateThatItLedAwayIsNamed()
    {
        var (slot, step) = (SlotOf("ctrl of actuator arm_joint_3"), 33);
        var altered = RecordedKitchen.Certificate with { Writes = [.. RecordedKitchen.Certificate.Writes.Select(w => w.Step == step && w.Slot == slot ? w with { Bits = BitConverter.DoubleToUInt64Bits(2) } : w)] };
        altered = altered with { Checks = Certificate.ChecksOf(altered.Writes, altered.Head.Every) };

        var first = Difference(altered);

        Assert.That(first.Step, Is.EqualTo(step));
        Assert.That(first.Quantity, Does.StartWith("qvel of joint arm_joint_"));
        Assert.That(first.Note, Does.Contain("stepping came to another state").And.Contain("0.1 s"));
    }

    [Test]
    public void OneInput_TakenOut_IsLocated()
    {
        var (slot, step) = (SlotOf("ctrl of actuator arm_joint_3"), 33);
        var altered = RecordedKitchen.Certificate with { Writes = RecordedKitchen.Certificate.Writes.RemoveAll(w => w.Step == step && w.Slot == slot) };

        var first = Difference(altered);

        Assert.That((first.Step, first.Quantity), Is.EqualTo((step, "the input ctrl of actuator arm_joint_3")));
    }

    [TestCase("qvel of joint arm_joint_3", 100)]
    [TestCase("qpos of body cup_red, number 3 of its joint", 200)]
    [TestCase("qacc_warmstart of joint head_tilt_joint", RecordedKitchen.Steps)]
    public void OneBitOfAKeptState_IsLocated(string quantity, int step)
    {
        var (slot, place) = (SlotOf(quantity), Certificate.CheckpointFrom(step, RecordedKitchen.Certificate.Head));
        var kept = RecordedKitchen.Certificate.Checkpoints;
        var altered = RecordedKitchen.Certificate with { Checkpoints = kept.SetItem(place, kept[place].SetItem(slot, kept[place][slot] ^ 1)) };

        var first = Difference(altered);

        Assert.That((first.Step, first.Quantity), Is.EqualTo((step, "the recorded " + quantity)));
        Assert.That(first.Stepped!.Value, Is.Not.EqualTo(first.Recorded!.Value).And.EqualTo(first.Recorded.Value).Within(1e-9));
    }

    [Test]
    public void AHash_IsLocated()
    {
        var hashes = RecordedKitchen.Certificate.Hashes;

        var first = Difference(RecordedKitchen.Certificate with { Hashes = hashes.SetItem(42, hashes[42] ^ 1) });

        Assert.That((first.Step, first.Quantity), Is.EqualTo((42, "the recorded hash of this step")));
    }

    [Test]
    public void ASum_IsLocated()
    {
        var slot = SlotOf("ctrl of actuator arm_joint_3");
        var checks = RecordedKitchen.Certificate.Checks;
        var altered = RecordedKitchen.Certificate with { Checks = [.. checks.Select(c => c is { Block: 2 } && c.Slot == slot ? c with { Sum = c.Sum ^ 1 } : c)] };

        Assert.That(Difference(altered).Quantity, Is.EqualTo("the recorded sum over the inputs ctrl of actuator arm_joint_3"));
    }

    [TestCase("friction=\"0.7 0.005 0.0001\"", "friction=\"0.75 0.005 0.0001\"", "the model's geom_friction[0] of geom floor", TestName = "Model_AFriction_IsLocated")]
    [TestCase("timestep=\"0.002\"", "timestep=\"0.0021\"", "the model", TestName = "Model_SomethingOfWhichNoNumberIsKept_IsFound")]
    [TestCase("<mujoco", "<mujoko", "the model", TestName = "Model_ThatDoesNotCompile_IsFound")]
    public void Model(string was, string now, string found)
    {
        var first = Difference(RecordedKitchen.Certificate with { Mjcf = Replaced(was, now) });

        Assert.That((first.Step, first.Quantity), Is.EqualTo((0, found)));
    }

    [Test]
    public void Model_ItsNumbersAndHashMadeToFit_IsFoundByWhatStepsComeTo()
    {
        var altered = RecordedKitchen.Certificate with { Mjcf = new Regex("name=\"cup_red\"(?s:.*?)mass=\"(0\\.\\d)").Replace(RecordedKitchen.Certificate.Mjcf, m => m.Value + "9", 1) };
        using (var again = new SteppedAgain(altered))
            altered = altered with { Model = [.. again.Row[again.Numbers.Driven..]], Head = altered.Head with { ModelSum = again.ModelSum } };
        Assert.That(altered.Model.AsSpan().SequenceEqual(RecordedKitchen.Certificate.Model.AsSpan()), Is.False);

        var first = Difference(altered);

        Assert.That(first.Step, Is.InRange(1, 100));
        Assert.That(first.Quantity, Does.StartWith("qvel of body "), "one solver solves the contacts of all that lies on the table");
    }

    [TestCase("MuJoCo 9.9.9")]
    [TestCase("architecture Riscv64")]
    [TestCase("another build of MuJoCo")]
    [TestCase("another build of C's mathematical library")]
    [TestCase("the instructions AVX9")]
    public void AnotherMachine_IsNotComparable(string why)
    {
        var here = Machine.Here;
        var made = why.Split(' ')[^1] switch
        {
            "9.9.9" => here with { MuJoCo = "9.9.9" },
            "Riscv64" => here with { Architecture = "Riscv64" },
            "MuJoCo" => here with { Library = "abcd" },
            "library" => here with { MathLibrary = "abcd" },
            _ => here with { Instructions = "AVX9" },
        };

        var verdict = Replay(RecordedKitchen.Certificate with { Head = RecordedKitchen.Certificate.Head with { Machine = made } });

        Assert.That(verdict.Outcome, Is.EqualTo(ReplayOutcome.NotComparable));
        Assert.That(verdict.Why, Does.Contain(why));
    }

    [Test]
    public void ThisMachine_IsKnownByItsLibraries() =>
        Assert.That(new[] { Machine.Here.Library, Machine.Here.MathLibrary }, Is.Unique.And.All.Matches("^[0-9a-f]{64}$"));

    [Test]
    public void AChangeThatNoCertificateKeeps_IsNoCertificate() => Assert.That(
        () => RecordedKitchen.Make((world, step) => world.Model.CameraFovyDegrees[0] += step == 9 ? 1 : 0), Throws.InvalidOperationException.With.Message.Contains("no certificate"));

    [Test]
    public void AWriteByAStranger_IsKeptLikeAnyOther()
    {
        var (certificate, _) = RecordedKitchen.Make((world, step) =>
        {
            if (step != 40) return;
            world.Data.Qvel[3] += 0.1;
            world.Model.BodyMass[world.Model.Id(MjObject.Body, "cup_blue")] = 0.5;
            world.Model.Gravity[0] = 0.1;
        });

        Assert.That(Replay(certificate).Outcome, Is.EqualTo(ReplayOutcome.Certified));
    }

    [Test]
    public void States_AreThoseOfTheFrames_BitByBit()
    {
        ImmutableArray<double[]> states = [.. CertifiedStates.Of(RecordedKitchen.Certificate)];

        Assert.That(states.Length, Is.EqualTo(RecordedKitchen.Frames.Count));
        for (var i = 0; i < states.Length; i++) Assert.That(states[i].AsSpan().SequenceEqual(RecordedKitchen.States[i]), Is.True, $"frame {i}");
    }

    [Test]
    public void States_OfAnAlteredEpisode_AreRefused()
    {
        var hashes = RecordedKitchen.Certificate.Hashes;

        Assert.That(() => CertifiedStates.Of(RecordedKitchen.Certificate with { Hashes = hashes.SetItem(42, hashes[42] ^ 1) }).Count(), Throws.TypeOf<InvalidDataException>().With.Message.Contains("42"));
    }

    private static ReplayVerdict Replay(Certificate certificate) => CertificateReplay.Run(CertificateFile.Unpack(CertificateFile.Pack(certificate)), CancellationToken.None);

    private static ReplayDifference Difference(Certificate certificate)
    {
        var verdict = Replay(certificate);
        return verdict is { Outcome: ReplayOutcome.Differs, First: { } first } && verdict.Steps >= first.Step ? first : throw new AssertionException($"nothing was found: {verdict}");
    }

    private static string Replaced(string was, string now)
    {
        var text = RecordedKitchen.Certificate.Mjcf.Replace(was, now, StringComparison.Ordinal);
        return text != RecordedKitchen.Certificate.Mjcf ? text : throw new AssertionException($"the model has no {was}");
    }

    private static int SlotOf(string quantity) => Names.Value.IndexOf(quantity) is >= 0 and var slot ? slot : throw new AssertionException($"nothing is called {quantity}");
}
