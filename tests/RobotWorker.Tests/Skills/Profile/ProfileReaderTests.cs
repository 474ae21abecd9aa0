using RobotWorker.Diagnostics;
using RobotWorker.Generation.Runs;
using RobotWorker.Ros.Codecs;
using RobotWorker.Ros.Graph;
using RobotWorker.Skills.Profile;
using RobotWorker.Testing;
using RobotWorker.Tests.Sim;

namespace RobotWorker.Tests.Skills.Profile;

public sealed class ProfileReaderTests
{
    private const string Least = """
        profile: robotworker/v1
        name: arm
        arm: {joints: [j1, j2], postures: {carry: [0, 1]}}
        gripper: {joint: g, open_width: 0.1, empty_width: 0.01, grasp_force: 30, hold_force: 5, finger_reach: 0.02}
        """;

    [Test]
    public void Read_TheOneThatShips_SaysOfOurRobotWhatItsDescriptionSays()
    {
        var shipped = Read(File.ReadAllText(Repository.PathOf("sim/robots/porter.profile.yaml")));
        var derived = Site.ProfileOf(Kitchen.Workplace.Robot);

        // The description's boxes come from turned shapes: equal but for rounding.
        Assert.That(shipped.Body.Select(b => b.ToString()), Is.EqualTo(derived.Body.Select(b => b.ToString())));
        Assert.That(
            StateEquality.FirstDifference(shipped with { Connection = null, Body = [] }, derived with { Body = [] }), Is.Null);
    }

    [Test]
    public void Read_WithNothingThatHasADefault_HasTheDefaults()
    {
        var profile = Read(Least);

        Assert.That(profile.Names, Is.EqualTo(RobotWorker.Skills.Profile.RosNames.Standard));
        Assert.That(profile.Frames, Is.EqualTo(FrameNames.Standard));
        Assert.That(profile.Silence, Is.EqualTo(new SilencePolicy(TimeSpan.FromSeconds(1), OnSilence.Stop, "carry")));
        Assert.That(profile.StopList, Is.EqualTo([StopMeasure.ProtectiveStop, StopMeasure.CancelAll, StopMeasure.ZeroVelocity]));
        Assert.That(profile.Connection, Is.Null);
        Assert.That(profile.Scale.Velocity, Is.EqualTo(0.5), "a robot that nobody has tuned moves at half of its limits");
    }

    [TestCase(RosDialect.Ros2, "/navigate_to_pose", NavigationType.NavigateToPose)]
    [TestCase(RosDialect.Ros1, "/move_base", NavigationType.MoveBase)]
    public void On_ADialect_NavigatesByWhatIsUsualThere(RosDialect dialect, string name, NavigationType type)
    {
        var profile = Read(Least).On(dialect);

        Assert.That((profile.Names.Navigate, profile.Navigation.TypeOn(dialect)), Is.EqualTo((name, type)));
    }

    [Test]
    public void BaseThatIsScrewedDown_HasNeitherVelocityNorNavigation_UnlessTheyAreNamed()
    {
        var profile = Read(Least + "\ntopics: {odometry: none}").On(RosDialect.Ros2);

        Assert.That((profile.Names.BaseMoves, profile.Names.Velocity, profile.Names.Navigate), Is.EqualTo((false, "", "")));
        Assert.That(Read(Least + "\napproach: 0.06").Approach, Is.EqualTo(0.06));
    }

    [Test]
    public void BaseThatMoves_AndCannotBeToldToStand_IsRefused()
    {
        var bag = new DiagnosticBag();

        Assert.That(ProfileReader.Read(Least + "\ntopics: {velocity: none}", "robot.yaml", bag), Is.Null);
        Assert.That(bag.All.Single().Message, Does.Contain("must be told to stand still"));
    }

    [Test]
    public void On_ADialect_WhatTheProfileGivesStays()
    {
        var profile = Read(Least + "\nactions: {navigate: {name: /drive, type: move_base_msgs/MoveBase, controllers: [wheels]}}").On(RosDialect.Ros2);

        Assert.That((profile.Names.Navigate, profile.Navigation.TypeOn(RosDialect.Ros2)), Is.EqualTo(("/drive", NavigationType.MoveBase)));
        Assert.That(profile.Controllers.ByAction["navigate"], Is.EqualTo(["wheels"]));
    }

    [Test]
    public void Read_AnActionThatTheRobotHasNot_IsNone()
    {
        var names = Read(Least + "\nactions: {gripper: none, navigate: none}").On(RosDialect.Ros1).Names;

        Assert.That(names.Actions, Is.EqualTo([names.FollowTrajectory, names.PointHead]));
    }

    [Test]
    public void Read_ATopicWithAQuality_AsksForIt()
    {
        var profile = Read(Least + "\ntopics: {clock: none, joint_states: {name: /arm/states, qos: sensor_data}}");

        Assert.That(profile.Names.JointStates, Is.EqualTo("/arm/states"));
        Assert.That(profile.Qos["/arm/states"], Is.EqualTo(Qos.SensorData));
        Assert.That(profile.Names.Clock, Is.Empty);
    }

    [TestCase("ws://robot", 9090)]
    [TestCase("wss://robot:443/bridge?x=1", 443)]
    [TestCase("ws://[::1]:80", 80)]
    [TestCase("ros1://robot", 11311)]
    public void Address_OfAWire_HasItsUsualPortUnlessOneIsGiven(string text, int port)
    {
        var address = RobotAddress.Parse(text)!;

        Assert.That(address.Uri.Port, Is.EqualTo(port));
        Assert.That(address.ToString(), Is.EqualTo(text));
    }

    [Test]
    public void Address_OfARos1Graph_NamesItsMaster() => Assert.That(RobotAddress.Parse("ros1://robot:4711")!.Master, Is.EqualTo(new Uri("http://robot:4711/")));

    [TestCase("robot:9090")]
    [TestCase("")]
    [TestCase("ws:/robot")]
    [TestCase("tcp://robot:9090")]
    [TestCase("ros1://robot:11311/graph")]
    [TestCase("ws://user:secret@robot")]
    public void Address_ThatIsNone_IsNull(string text) => Assert.That(RobotAddress.Parse(text), Is.Null);

    private static RobotProfile Read(string text)
    {
        var bag = new DiagnosticBag();
        var profile = ProfileReader.Read(text, "profile.yaml", bag);
        Assert.That(bag.All, Is.Empty);
        return profile!;
    }
}
