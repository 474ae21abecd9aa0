using System.Collections.Immutable;
using RobotWorker.Diagnostics;
using RobotWorker.Faults;
using RobotWorker.Faults.Detectors;
using RobotWorker.Testing;
using RobotWorker.Time;

namespace RobotWorker.Tests.Faults;

/// <summary>A rule that stands for each joint of the arm, whatever the robot calls it.</summary>
public sealed class JointRulesTests : IFaultListener
{
    private readonly List<string> heard = [];

    [SetUp]
    public void Clear() => heard.Clear();

    [Test]
    public void BuiltIn_OfPortersArm_EncodersThatStick_AreWatchedJointByJoint()
    {
        var rules = Porter.Faults.ByCode["ARM_ENCODER_STUCK"].Detectors.Cast<DetectorRule.Detected>().ToList();

        Assert.That(rules.Select(r => r.Signals.Single()), Is.EqualTo(Joints(1, 2, 3, 4, 5, 6, 7).Select(j => $"{j}.position")));
        Assert.That(rules.Select(r => r.When.Single()), Is.EqualTo(Joints(1, 2, 3, 4, 5, 6, 7).Select(j => new Guard($"{j}.reference_speed", WrongSide.Above, 0.05))));
        Assert.That(rules.Select(r => (r.Detector, r.Confirm, r.HealUnguarded)).Distinct(), Is.EqualTo([((object)new Stuck(0.2), TimeSpan.Zero, true)]));
    }

    [Test]
    public void BuiltIn_OfPortersArm_EncodersThatJump_AreWatchedAtTheSpeedOfTheirJoint()
    {
        var rules = Porter.Faults.ByCode["ARM_ENCODER_JUMP"].Detectors.Cast<DetectorRule.Detected>();

        Assert.That(
            rules.Select(r => (r.Signals.Single(), ((RateOfChange)r.Detector).LimitPerSecond, r.When.Length)),
            Is.EqualTo(Joints(1, 2, 3, 4).Select(j => ($"{j}.position", 3.3, 0)).Concat(Joints(5, 6, 7).Select(j => ($"{j}.position", 3.5, 0)))));
    }

    // Joint, limit, where it is right again, the effort from which it gives all it has, and whether the arm must be led gently.
    private static readonly (int Joint, double Limit, double Clear, double Most, bool Gently)[] Collisions =
    [
        (1, 8, 5, 90, false), (1, -8, -5, -90, false), (2, 8, 6, 90, true), (2, 14, 6, 90, false), (2, -8, -6, -90, true), (2, -14, -6, -90, false),
        (3, 7, 5, 90, false), (3, -7, -5, -90, false), (4, 7, 5, 80, false), (4, -7, -5, -80, false), (6, 4, 2.5, 30, false), (6, -4, -2.5, -30, false),
    ];

    [Test]
    public void BuiltIn_OfPortersArm_Collisions_AreFeltByEachJointInItsOwnMeasure()
    {
        var rules = Porter.Faults.ByCode["ARM_COLLISION"].Detectors.Cast<DetectorRule.OutOfBounds>().ToList();

        Assert.That(rules, Has.Count.EqualTo(Collisions.Length));
        foreach (var (rule, wanted) in rules.Zip(Collisions))
        {
            var (joint, side) = ($"arm_joint_{wanted.Joint}", wanted.Limit > 0 ? WrongSide.Above : WrongSide.Below);
            Guard[] guards =
            [
                new($"{joint}.error", WrongSide.Below, 0.012), new($"{joint}.error", WrongSide.Above, -0.012), new($"{joint}.effort", wanted.Limit > 0 ? WrongSide.Below : WrongSide.Above, wanted.Most),
                .. wanted.Gently ? [new Guard("arm.reference_acceleration", WrongSide.Below, 0.5)] : Array.Empty<Guard>(),
            ];
            Assert.That(rule with { When = [] }, Is.EqualTo(new DetectorRule.OutOfBounds(
                $"{joint}.effort", "N m", side, new(wanted.Limit), new(wanted.Clear), TimeSpan.FromMilliseconds(100), [], AfterWell: false, HealUnguarded: true)), $"{wanted}");
            Assert.That(rule.When, Is.EqualTo(guards), $"{wanted}");
        }
    }

    [Test]
    public void BuiltIn_NamesNoRobotsJoints() => Assert.That(FaultCatalogueReader.BuiltInText, Does.Not.Contain("joint_1"));

    [Test]
    public void For_AnArmWithFewerJoints_LeavesOutTheRulesOfThoseThatItHasNot()
    {
        var faults = FaultCatalogueReader.BuiltIn.For(["pan", "lift", "elbow", "wrist", "roll"]).ByCode;

        Assert.That(faults["ARM_ENCODER_STUCK"].Detectors, Has.Length.EqualTo(5));
        Assert.That(faults["ARM_ENCODER_JUMP"].Detectors.Cast<DetectorRule.Detected>().Last().Signals, Is.EqualTo(["roll.position"]));
        Assert.That(faults["ARM_COLLISION"].Detectors.Cast<DetectorRule.OutOfBounds>().Last().Signal, Is.EqualTo("wrist.effort"));
    }

    [Test]
    public void For_NamesEveryPlaceOfASignal()
    {
        var rules = Read("""
            - {signal: "{joint}.current", above: {times: 2, of: "{joint}.usual", plus: 1}, clear: {times: 1, of: "{joint}.usual"}, confirm: 1s, when: {signal: "{joint}.velocity", below: 0.1}, joints: [2]}
            - {silent: "{joint}.current", after: 1s, joints: all}
            - {tracking: ["{joint}.reference", "{joint}.position", "{joint}.velocity"], bandwidth: 20, acceleration_noise: 1, position_deviation: 0.01, velocity_deviation: 0.1, joints: [1]}
            - {signal: arm.power, above: 100, confirm: 1s}
            """).For(["a", "b"]).ByCode["X"].Detectors;

        Assert.That(rules.Select(Signals), Is.EqualTo(new string[][]
        {
            ["b.current", "b.usual", "b.usual", "b.velocity"], ["a.current"], ["b.current"], ["a.reference", "a.position", "a.velocity"], ["arm.power"],
        }));
    }

    [Test]
    public void AnotherRobotsEncoder_ThatSticksWhileTheJointIsLed_IsConfirmed()
    {
        using var monitor = new FaultMonitor(FaultCatalogueReader.BuiltIn.For(["shoulder_pan", "elbow"]), TimeProvider.System, this);
        for (var i = 0; i < 20; i++)
        {
            var at = RobotTime.FromSeconds(i * 0.05);
            foreach (var joint in new[] { "shoulder_pan", "elbow" })
            {
                monitor.Take(new($"{joint}.reference_speed", 0.5, at));
                monitor.Take(new($"{joint}.position", joint == "elbow" && i > 5 ? 0.125 : i * 0.025, at));
            }
        }

        Assert.That(heard, Is.EqualTo(["ARM_ENCODER_STUCK"]));
    }

    [Test]
    public void Monitor_OfACatalogueForAnyRobot_IsRefused() =>
        Assert.That(() => new FaultMonitor(FaultCatalogueReader.BuiltIn, TimeProvider.System, this), Throws.ArgumentException.With.Message.Contains("FaultCatalogue.For"));

    [TestCase("{stuck: \"{joint}.position\", still: 1s}", Codes.Missing, "joints: all")]
    [TestCase("{stuck: elbow.position, still: 1s, joints: all}", Codes.Missing, "{joint}.position")]
    [TestCase("{stuck: \"{joints}.position\", still: 1s, joints: all}", Codes.NotAName, "'{joint}' alone")]
    [TestCase("{stuck: \"{joint}.position\", still: 1s, joints: some}", Codes.NotAChoice, "joints: [1, 2, 6]")]
    [TestCase("{stuck: \"{joint}.position\", still: 1s, joints: []}", Codes.WrongLength, "joints: all")]
    [TestCase("{stuck: \"{joint}.position\", still: 1s, joints: [0]}", Codes.OutOfRange, "from 1 to")]
    [TestCase("{stuck: \"{joint}.position\", still: 1s, joints: [2, 2]}", Codes.GivenTwice, "once")]
    [TestCase("{stuck: \"{joint}.position\", still: 1s, joints: [elbow]}", Codes.NotANumber, "numbers")]
    public void ARuleOfJoints_WrittenWrongly_SaysWhereAndWhatWouldBeRight(string rule, string code, string help)
    {
        var bag = new DiagnosticBag();
        Assert.That(FaultCatalogueReader.Read(Text($"- {rule}"), "f.yaml", bag), Is.Null);

        Assert.That((bag.All[0].Code, bag.All[0].Place.Line), Is.EqualTo((code, 8)), $"{bag.All[0]}");
        Assert.That(bag.All[0].Help, Does.Contain(help));
    }

    void IFaultListener.FaultConfirmed(Fault fault) => heard.Add(fault.Code);

    void IFaultListener.FaultHealed(Fault fault)
    {
    }

    private static string[] Signals(DetectorRule rule) => rule switch
    {
        DetectorRule.OutOfBounds bounds => [bounds.Signal, .. new[] { bounds.Limit.Of, bounds.Clear.Of }.OfType<string>(), .. bounds.When.Select(g => g.Signal)],
        DetectorRule.Silent silent => [silent.Signal],
        _ => [.. ((DetectorRule.Detected)rule).Signals],
    };

    private static IEnumerable<string> Joints(params ImmutableArray<int> numbers) => numbers.Select(n => $"arm_joint_{n}");

    private static string Text(string rules) => $"faults: robotworker/v1\ncatalogue:\n  X:\n    component: arm\n    level: critical\n    heal: 1s\n    detect:\n    {rules.ReplaceLineEndings("\n    ")}\n";

    private static FaultCatalogue Read(string rules)
    {
        var bag = new DiagnosticBag();
        return FaultCatalogueReader.Read(Text(rules), "f.yaml", bag) ?? throw new InvalidDataException(string.Join('\n', bag.All));
    }
}
