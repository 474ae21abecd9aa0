using RobotWorker.Diagnostics;
using RobotWorker.Faults;
using RobotWorker.Testing;
using RobotWorker.Time;

namespace RobotWorker.Tests.Faults;

/// <summary>A fault heals when its signals are right and the evidence is there that its policy asks for.</summary>
public sealed class RecoveryPolicyTests : IFaultListener
{
    private const string Catalogue = """
        faults: robotworker/v1
        catalogue:
          ENCODER_STUCK:
            component: arm
            level: critical
            forbids: [arm]
            heal: 200ms
            recovery: {attempts: 2, backoff: 3s, evidence: [{signal: joints.heard, samples: 2}, {signal: base.speed, below: 0.02, for: 1s}]}
            detect:
            - {signal: arm.error, above: 1, clear: 0.5, confirm: 100ms}
          CONTROLLER_DOWN:
            component: arm
            level: fatal
            heal: 100ms
            follows: [E_STOP]
            detect:
            - {signal: arm.level, above: 2.5, confirm: 0s}
          E_STOP:
            component: safety
            level: fatal
            heal: 100ms
            detect:
            - {signal: safety.pressed, above: 0.5, confirm: 0s}
        """;

    private readonly List<string> heard = [];
    private readonly List<FaultNote> notes = [];

    [Test]
    public void Evidence_IsAskedFor_HealsOnlyWithIt()
    {
        using var monitor = Monitor();
        Feed(monitor, 0, 0.5, ("arm.error", 2));
        Feed(monitor, 0.5, 2, ("arm.error", 0), ("base.speed", 0.3), ("joints.heard", 1));
        Assert.That(heard, Is.EqualTo(["ENCODER_STUCK"]), "it still moves");
        Feed(monitor, 2, 2.9, ("arm.error", 0), ("base.speed", 0.01), ("joints.heard", 1));
        Assert.That(heard, Has.Count.EqualTo(1), "not for a second yet");
        Feed(monitor, 2.9, 3.3, ("arm.error", 0), ("base.speed", 0.01), ("joints.heard", 1));

        Assert.That(heard, Is.EqualTo(["ENCODER_STUCK", "healed ENCODER_STUCK"]));
        Assert.That(notes.Select(n => n.Stage), Is.EqualTo([FaultStage.Prefailed, FaultStage.Confirmed, FaultStage.Healed, FaultStage.Cleared]));
    }

    [Test]
    public void Evidence_FromBeforeTheFault_DoesNotCount()
    {
        using var monitor = Monitor();
        Feed(monitor, 0, 5, ("arm.error", 0), ("base.speed", 0), ("joints.heard", 1));
        Feed(monitor, 5, 5.5, ("arm.error", 2));
        Feed(monitor, 5.5, 9, ("arm.error", 0));

        Assert.That(heard, Is.EqualTo(["ENCODER_STUCK"]));
    }

    [Test]
    public void Dip_TooShort_IsPrefailedAndPasses()
    {
        using var monitor = Monitor();
        Feed(monitor, 0, 0.1, ("arm.error", 2));
        Feed(monitor, 0.1, 0.3, ("arm.error", 0));

        Assert.That(notes.Select(n => n.Stage), Is.EqualTo([FaultStage.Prefailed, FaultStage.Passed]));
        Assert.That(heard, Is.Empty);
    }

    [Test]
    public void Fatal_WellAgain_IsHealedAndClearedOnlyByAPerson_AndRelapses()
    {
        using var monitor = Monitor();
        Feed(monitor, 0, 0.2, ("safety.pressed", 1));
        Feed(monitor, 0.2, 1, ("safety.pressed", 0));
        Feed(monitor, 1, 1.2, ("safety.pressed", 1));
        Feed(monitor, 1.2, 2, ("safety.pressed", 0));
        monitor.Reset("E_STOP", "safety");
        Feed(monitor, 2, 2.1, ("safety.pressed", 0));

        Assert.That(notes.Select(n => n.Stage), Is.EqualTo(
            [FaultStage.Confirmed, FaultStage.Healed, FaultStage.Confirmed, FaultStage.Healed, FaultStage.Acknowledged, FaultStage.Cleared]), "what is confirmed at once was never suspected");
        Assert.That(heard, Is.EqualTo(["E_STOP", "healed E_STOP"]));
    }

    // Somebody at a desk says "continue" with the button still in; somebody at the robot pulls it out: nothing may move at that.
    [Test]
    public void Fatal_AnsweredWhileItIsThere_OrBeforeItIsThereAgain_IsNotClearedByThat()
    {
        using var monitor = Monitor();
        Feed(monitor, 0, 0.2, ("safety.pressed", 1));
        monitor.Reset("E_STOP", "safety");
        Feed(monitor, 0.2, 0.4, ("safety.pressed", 1));
        Feed(monitor, 0.4, 5, ("safety.pressed", 0));
        Assert.That(heard, Is.EqualTo(["E_STOP"]), "answered while it was pressed");

        monitor.Reset("E_STOP", "safety");
        Feed(monitor, 5, 5.2, ("safety.pressed", 1));
        Feed(monitor, 5.2, 9, ("safety.pressed", 0));
        Assert.That(heard, Is.EqualTo(["E_STOP"]), "answered, and pressed again at once");

        monitor.Reset("E_STOP", "safety");
        Feed(monitor, 9, 9.2, ("safety.pressed", 0));
        Assert.That(heard, Is.EqualTo(["E_STOP", "healed E_STOP"]));
    }

    [TestCase("", false)]
    [TestCase(", heal_unguarded: true", true)]
    public void Guarded_OnceConfirmed_HealsWhileItsGuardsDoNotHold_OnlyWhereThatShowsIt(string flag, bool heals)
    {
        foreach (var rule in new[] { "{signal: camera.change, below: 1.0e-9, confirm: 200ms, when: {signal: camera.still, below: 0.5}", "{stuck: camera.change, still: 200ms, when: {signal: camera.still, below: 0.5}" })
        {
            Clear();
            var text = $"faults: robotworker/v1\ncatalogue:\n  FROZEN: {{component: camera, level: urgent, heal: 300ms, detect: [{rule}{flag}}}]}}\n";
            using var monitor = new FaultMonitor(FaultCatalogueReader.Read(text, "f.yaml", new DiagnosticBag())!, TimeProvider.System, this, notes.Add);
            Feed(monitor, 0, 2, ("camera.still", 1), ("camera.change", 0));
            Assert.That(heard, Is.Empty, "nothing need move");
            Feed(monitor, 2, 3, ("camera.still", 0), ("camera.change", 0));
            Assert.That(heard, Is.EqualTo(["FROZEN"]), rule);
            for (var i = 60; i < 80; i++) Feed(monitor, i * 0.05, (i + 1) * 0.05, ("camera.still", 1), ("camera.change", 0.001 + (i % 2 * 0.001)));

            Assert.That(heard, Has.Count.EqualTo(heals ? 2 : 1), rule);
        }
    }

    [TestCase("", false)]
    [TestCase(", right_unguarded: true", true)]
    public void Guarded_ItsGuardsFail_ThatShowsThatItIsRight_OnlyWhereTheRuleSaysSo(string flag, bool heals)
    {
        var text = $"faults: robotworker/v1\ncatalogue:\n  JAMMED: {{component: gripper, level: urgent, heal: 300ms, detect: [{{signal: gripper.width, above: 0.01, confirm: 200ms, when: {{signal: gripper.force, below: 2}}{flag}}}]}}\n";
        using var monitor = new FaultMonitor(FaultCatalogueReader.Read(text, "f.yaml", new DiagnosticBag())!, TimeProvider.System, this, notes.Add);
        Feed(monitor, 0, 1, ("gripper.force", 0), ("gripper.width", 0.08));
        Feed(monitor, 1, 2, ("gripper.force", 40), ("gripper.width", 0.05));

        Assert.That(heard, Is.EqualTo(heals ? new[] { "JAMMED", "healed JAMMED" } : ["JAMMED"]), "it presses on what it has closed on");
    }

    [Test]
    public void ConfirmedAtOnce_OneSampleIsEnough()
    {
        using var monitor = new FaultMonitor(Porter.Faults, TimeProvider.System, this, notes.Add);
        Feed(monitor, 0, 0.05, ("localization.jump", 0.4));
        Feed(monitor, 0.05, 0.1, ("localization.jump", 0.001));

        Assert.That(heard, Is.EqualTo(["LOCALIZATION_JUMP"]));
    }

    [TestCase(0.5, false, TestName = "Human_WhatAnotherFaultBringsAbout_CallsNobody")]
    [TestCase(2.5, true, TestName = "Human_LongAfterTheOtherIsOver_CallsAPerson")]
    public void HumanConsequence(double after, bool called)
    {
        using var monitor = Collisions(blocked: "0s", collision: "0s");
        Feed(monitor, 0, 0.5, ("base.stuck", 1), ("arm.effort", 0));
        Feed(monitor, 0.5, 1, ("base.stuck", 0), ("arm.effort", 0));
        Feed(monitor, 0.6 + after, 0.7 + after, ("arm.effort", 20));

        Assert.That(heard.Contains("COLLISION"), Is.EqualTo(called));
    }

    [TestCase(0.2, "COLLISION", TestName = "Human_WhatMayExplainItPasses_CallsAPersonThen")]
    [TestCase(0.5, "BLOCKED", TestName = "Human_WhatExplainsItIsConfirmedLater_CallsNobody")]
    public void HumanSuspicion(double blocked, string first)
    {
        using var monitor = Collisions(blocked: "300ms", collision: "100ms");
        Feed(monitor, 0, blocked, ("base.stuck", 1), ("arm.effort", 20));
        Feed(monitor, blocked, 0.6, ("base.stuck", 0), ("arm.effort", 20));

        Assert.That(heard[0], Is.EqualTo(first));
        Assert.That(heard.Contains("COLLISION"), Is.EqualTo(first == "COLLISION"));
    }

    // A collision takes a person, and follows from a base that is blocked; each is confirmed after so long.
    private FaultMonitor Collisions(string blocked, string collision)
    {
        var text = $$"""
            faults: robotworker/v1
            catalogue:
              BLOCKED: {component: base, level: critical, heal: 100ms, detect: [{signal: base.stuck, above: 0.5, confirm: {{blocked}}}]}
              COLLISION: {component: arm, level: critical, heal: 100ms, human: true, follows: [BLOCKED], detect: [{signal: arm.effort, above: 8, confirm: {{collision}}}]}
            """;
        return new(FaultCatalogueReader.Read(text, "f.yaml", new DiagnosticBag())!, TimeProvider.System, this, notes.Add);
    }

    [Test]
    public void Policy_IsReadFromTheCatalogue()
    {
        var policy = Read().ByCode["ENCODER_STUCK"].Recovery;

        Assert.That((policy.Attempts, policy.Wait(1), policy.Wait(2), policy.Wait(9)), Is.EqualTo(((int?)2, TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(6), TimeSpan.FromMinutes(1))));
        Assert.That(policy.Evidence, Is.EqualTo([new EvidenceRule("joints.heard", null, null, TimeSpan.Zero, 2), new EvidenceRule("base.speed", 0.02, null, TimeSpan.FromSeconds(1), 1)]));
    }

    [Test]
    public void Correlation_AConsequenceConfirmedFirst_IsFoldedUnderItsCause()
    {
        Fault Of(string code, double raised, double? healed = null) => new(
            code, "x", FaultLevel.Fatal, "", RobotTime.FromSeconds(raised), RobotTime.FromSeconds(raised + 0.1), healed is { } h ? RobotTime.FromSeconds(h) : null);
        Fault[] faults = [Of("CONTROLLER_DOWN", 10), Of("E_STOP", 10.4), Of("ENCODER_STUCK", 10.5), Of("CONTROLLER_DOWN", 3, 5)];

        var causes = Correlation.Causes(faults, Read());

        Assert.That(causes, Is.EqualTo(new int?[] { 1, null, null, null }), "the last was over long before");
        Assert.That(Correlation.RootOf(causes, 0), Is.EqualTo(1));
    }

    [Test]
    public void BuiltInCatalogue_WhatFollowsFromWhat_IsKnownAndEndsInACause()
    {
        var catalogue = FaultCatalogueReader.BuiltIn.ByCode;
        foreach (var (code, fault) in catalogue)
        {
            Assert.That(fault.Follows, Is.SubsetOf(catalogue.Keys), code);
            var causes = new HashSet<string>(fault.Follows, StringComparer.Ordinal);
            for (var count = 0; count != causes.Count;)
            {
                count = causes.Count;
                causes.UnionWith(causes.SelectMany(cause => catalogue[cause].Follows).ToList());
            }
            Assert.That(causes, Does.Not.Contain(code), $"{code} is a consequence of itself");
        }
    }

    [Test]
    public void FreezeFrame_HasTenSecondsBeforeAndFiveAfter()
    {
        var frames = new List<FreezeFrame>();
        var freezing = new FreezeFrames(frames.Add);
        for (var i = 0; i < 400; i++)
        {
            freezing.Take(new Sample("arm.error", i, RobotTime.FromSeconds(i * 0.1)));
            if (i == 200) freezing.Take(new FaultNote("ENCODER_STUCK", "arm", FaultStage.Confirmed, RobotTime.FromSeconds(20)));
            if (i == 249) Assert.That(frames, Is.Empty);
            if (i == 390) freezing.Take(new FaultNote("E_STOP", "safety", FaultStage.Confirmed, RobotTime.FromSeconds(39)));
        }
        freezing.End();

        Assert.That(frames.Select(f => f.Code), Is.EqualTo(["ENCODER_STUCK", "E_STOP"]));
        var (first, last) = (frames[0].Signals.Single(), frames[1].Signals.Single());
        Assert.That((first.Seconds[0], first.Seconds[^1], first.Values[0], first.Values.Length), Is.EqualTo((-10.0, 5.0, 100.0, 151)));
        Assert.That(last.Seconds[^1], Is.EqualTo(0.9).Within(1e-9), "cut where nothing more was heard");
    }

    void IFaultListener.FaultConfirmed(Fault fault) => heard.Add(fault.Code);

    void IFaultListener.FaultHealed(Fault fault) => heard.Add($"healed {fault.Code}");

    [SetUp]
    public void Clear()
    {
        heard.Clear();
        notes.Clear();
    }

    private FaultMonitor Monitor() => new(Read(), TimeProvider.System, this, notes.Add);

    private static FaultCatalogue Read()
    {
        var bag = new DiagnosticBag();
        return FaultCatalogueReader.Read(Catalogue, "f.yaml", bag) ?? throw new InvalidDataException(string.Join('\n', bag.All));
    }

    // At 20 Hz, from one second up to another.
    private static void Feed(FaultMonitor monitor, double from, double to, params (string Signal, double Value)[] values)
    {
        for (var i = (int)Math.Round(from * 20); i < (int)Math.Round(to * 20); i++)
            foreach (var (signal, value) in values) monitor.Take(new(signal, value, RobotTime.FromSeconds(i * 0.05)));
    }
}
