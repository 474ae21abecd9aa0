using RobotWorker.Skills.Senses;
using RobotWorker.Tests.Ros;
using RobotWorker.World;

namespace RobotWorker.Tests.Skills.Senses;

/// <summary>What the hand holds goes where the hand goes, as far as anyone believes.</summary>
public sealed class CarriedObjectTests
{
    [Test]
    public void Held_IsBelievedToBeWhereTheHandIs_UntilItIsLetGo() => OnLoop.Run(async world =>
    {
        var puppet = new Puppet(world) { Gripper = (0.05, 40), Tool = Workshop.At(1, 0, 1) };
        var inbox = new Inbox();
        using var senses = new RobotSenses(world.Graph.Connect("worker"), Workshop.Profile, Workshop.Site, Workshop.Predicates, inbox, _ => { });
        await world.Seconds(0.5);
        Assert.That(Told(inbox), Is.Empty, "it may be holding anything");

        senses.Gripper.GraspFor("cup_red", senses.Clock.Now);
        await world.Seconds(0.2);
        puppet.Tool = Workshop.At(1.04, 0, 1);
        await world.Seconds(0.2);
        puppet.Tool = Workshop.At(1.5, 0.5, 1.2);
        await world.Seconds(0.2);
        puppet.Gripper = (0.085, 0);
        await world.Seconds(0.2);
        puppet.Tool = Workshop.At(0, 0, 1);
        await world.Seconds(0.2);

        Assert.That(Told(inbox).Select(f => f.Where!.Pose.Position.X), Is.EqualTo([1.0, 1.5]).AsCollection, "a hand's breadth is no news");
        Assert.That(Told(inbox).Select(f => f.Evidence), Is.All.EqualTo("in the hand"));
    });

    private static IEnumerable<Fact> Told(Inbox inbox) => inbox.Facts.Where(f => f.Atom.Equals(Atom.Of("located", "cup_red")) && f.Source == "gripper");
}
