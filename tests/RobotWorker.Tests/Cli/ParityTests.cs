using RobotWorker.Cli;
using RobotWorker.Testing;

namespace RobotWorker.Tests.Cli;

/// <summary><c>robotworker parity</c>: what cannot be compared is refused before anything starts.</summary>
public sealed class ParityTests
{
    private static readonly string Task = Repository.PathOf("sim/tasks/one-cup-to-shelf.yaml");

    [TestCase("--a sim --b metal", "'metal' is neither a robot nor a recording; write sim, sim:SCENE.yaml, ws://")]
    [TestCase("--a sim", "--b")]
    [TestCase("--a sim --b sim --vary-b joint_stifness=0.5", "did you mean 'joint_stiffness'?")]
    [TestCase("--a sim --b sim --vary-b joint_stiffness=100", "is from 0.2 to 3, not 100")]
    [TestCase("--a sim --b sim --vary-b 0.5", "is not of the form joint_stiffness=0.7")]
    [TestCase("--a sim --b sim --vary-b mass=2 mass=3", "mass twice")]
    [TestCase("--a sim --b ws://127.0.0.1:1 --vary-b mass=2", "--vary-b is for a simulated robot")]
    [TestCase("--a sim --b sim --profile-a porter.profile.yaml", "--profile-a is for a robot behind a wire")]
    [TestCase("--a gone.mcap --b sim", "RW0032")]
    [TestCase("--a sim --b sim:gone.yaml", "RW0032")]
    [TestCase("--a sim --b sim --seed -1", "--seed must be 0 or more")]
    public void WhatIsWrongWithASide_IsSaid(string arguments, string said)
    {
        var command = CommandLine.Run(["parity", Task, .. arguments.Split(' ')]);

        Assert.That(command.Code, Is.EqualTo(ExitCode.BadInput), command.Errors);
        Assert.That(command.Errors, Does.Contain(said));
        Assert.That(command.Errors, Does.Not.Contain("   at "));
    }

    [Test]
    public void ARobotWithoutAPlan_IsRefused()
    {
        var command = CommandLine.Run("parity", "--a", "sim", "--b", "sim");

        Assert.That((command.Code, command.Errors), Is.EqualTo((ExitCode.BadInput, $"--a sim is a robot: say which plan it shall run. Nothing was compared.{Environment.NewLine}")));
    }

    [Test]
    public void APlanThatIsWrong_IsToldOnce()
    {
        var command = CommandLine.Run("parity", Repository.PathOf("tests/RobotWorker.Tests/Corpus/plans/skill-unknown.yaml"), "--a", "sim", "--b", "sim", "--scene", Repository.PathOf("sim/scenes/kitchen.yaml"));

        Assert.That(command.Code, Is.EqualTo(ExitCode.BadInput));
        Assert.That(command.Errors.Split("RW0022"), Has.Length.EqualTo(2), command.Errors);
    }
}
