using RobotWorker.Diagnostics;
using RobotWorker.Faults;

namespace RobotWorker.Tests.Faults;

/// <summary>A robot's own catalogue is laid over the built-in one, entry by entry.</summary>
public sealed class OwnFaultsTests
{
    private const string Lift = "LIFT_SLOW: {component: base, level: urgent, forbids: [base], heal: 1s, detect: [{signal: lift.speed, below: 0.01, confirm: 1s}]}";

    [Test]
    public void ANewCode_AddsAFault_AndAllOthersStay()
    {
        var faults = Read(Lift).ByCode;

        Assert.That(faults.Keys, Is.EquivalentTo(FaultCatalogueReader.BuiltIn.ByCode.Keys.Append("LIFT_SLOW")));
        Assert.That(faults["LIFT_SLOW"].Forbids, Is.EqualTo(["base"]));
        Assert.That(faults["ARM_HOT"], Is.EqualTo(FaultCatalogueReader.BuiltIn.ByCode["ARM_HOT"]));
    }

    [Test]
    public void AKnownCode_ReplacesTheFaultWhole()
    {
        var hot = Read("ARM_HOT: {component: arm, level: warning, heal: 5s, detect: [{signal: arm.temperature, above: 50, confirm: 1s}]}").ByCode["ARM_HOT"];

        Assert.That((hot.Level, hot.Forbids.Length, hot.Detectors.Length, hot.Recovery), Is.EqualTo((FaultLevel.Warning, 0, 1, RecoveryPolicy.Standard)), "nothing is left of the built-in one");
    }

    [Test]
    public void None_TakesAFaultAway_AndNoOtherFollowsIt()
    {
        var faults = Read("ARM_HOT: none").ByCode;

        Assert.That(faults.Keys, Is.EquivalentTo(FaultCatalogueReader.BuiltIn.ByCode.Keys.Where(c => c != "ARM_HOT")));
        Assert.That(FaultCatalogueReader.BuiltIn.ByCode["ARM_TORQUE_LOW"].Follows, Does.Contain("ARM_HOT"));
        Assert.That(faults["ARM_TORQUE_LOW"].Follows, Is.Not.Empty.And.Not.Contain("ARM_HOT"));
    }

    [TestCase("ARM_HOTT: none", Codes.UnknownFault, 3, 3, "did you mean 'ARM_HOT'?")]
    [TestCase("X: {component: arm, level: urgent, heal: 1s, follows: [ARM_HOTT], detect: []}", Codes.UnknownFault, 3, 58, "did you mean 'ARM_HOT'?")]
    [TestCase("X: {component: arm, level: urgent, heal: 1s, follows: [X], detect: []}", Codes.FaultFollowsItself, 3, 58, "leave out")]
    [TestCase("CLOCK_JUMP: {component: clock, level: urgent, heal: 1s, follows: [ARM_ENCODER_JUMP], detect: []}", Codes.FaultFollowsItself, 3, 69, "leave out")]
    [TestCase("X: {component: arm, level: urgent, heal: 1s, forbids: [amr], detect: []}", Codes.UnknownSkill, 3, 58, "did you mean 'arm'?")]
    [TestCase("X: {component: arm, level: urgent, heal: 1s, doubts: [holdin], detect: []}", Codes.UnknownPredicate, 3, 57, "did you mean 'holding'?")]
    [TestCase("X Y: {component: arm, level: urgent, heal: 1s, detect: []}", Codes.NotAName, 3, 3, "letters")]
    [TestCase("X: {component: arm, level: urgent, heal: 1s, detect: [], recovery: {evidence: [{signal: '{joint}.error', below: 1}]}}", Codes.NotAName, 3, 91, "arm.tracking_error")]
    public void AMistake_SaysWhereItStands_AndWhatWouldBeRight(string entry, string code, int line, int column, string help)
    {
        var bag = new DiagnosticBag();
        Assert.That(OwnFaults.Read("own.yaml", Text(entry), "cell/own.yaml", bag), Is.Null);

        Assert.That(bag.All.Select(d => (d.Code, d.Place)), Is.EqualTo([(code, new Place("cell/own.yaml", line, column))]), $"{bag.All[0]}");
        Assert.That(bag.All[0].Help, Does.Contain(help));
    }

    [Test]
    public void ToFollowWhatIsTakenAway_IsAMistake()
    {
        var bag = new DiagnosticBag();
        OwnFaults.Read("own.yaml", Text("ARM_HOT: none\n  X: {component: arm, level: urgent, heal: 1s, follows: [ARM_HOT], detect: []}"), "own.yaml", bag);

        Assert.That(bag.All.Select(d => (d.Code, d.Place.Line)), Is.EqualTo([(Codes.UnknownFault, 4)]));
    }

    private static string Text(string entries) => $"faults: robotworker/v1\ncatalogue:\n  {entries}\n";

    private static FaultCatalogue Read(string entries)
    {
        var bag = new DiagnosticBag();
        return OwnFaults.Read("own.yaml", Text(entries), "own.yaml", bag)?.Catalogue ?? throw new InvalidDataException(string.Join('\n', bag.All));
    }
}
