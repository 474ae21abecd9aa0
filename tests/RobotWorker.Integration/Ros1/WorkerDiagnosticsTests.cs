using System.Text.Json.Nodes;
using RobotWorker.Execution.Core;
using RobotWorker.Faults;
using RobotWorker.Generation.Runs;
using RobotWorker.Diagnostics;
using RobotWorker.Skills;
using RobotWorker.Skills.Lines;
using RobotWorker.Testing;
using RobotWorker.Time;

namespace RobotWorker.Integration.Ros1;

/// <summary>What the worker says of itself, heard by rospy.</summary>
[TestFixture]
public sealed class WorkerDiagnosticsTests
{
    private RosMaster master = null!;

    [OneTimeSetUp]
    public void StartMaster() => master = RosMaster.Start();

    [OneTimeTearDown]
    public void StopMaster() => master?.Dispose();

    [Test]
    public void Rospy_HearsModePlanAndFaults() => Ros1Bench.Run(master, async bench =>
    {
        var job = JobReader.Read(Repository.PathOf("sim/tasks/tidy-table.yaml"), null, new DiagnosticBag())!;
        var state = PlanState.Before(new(SkillCatalogueReader.BuiltIn, FaultCatalogueReader.BuiltIn, ExecutionOptions.Default), job.Plan, "e");
        var fault = new Fault("GRIPPER_FORCE_LOW", "gripper", FaultLevel.Critical, "measured", RobotTime.Zero, RobotTime.Zero);
        state = Executor.Next(Executor.Next(state, new Event.Started(TimeSpan.Zero, RobotTime.Zero)).State, new Event.FaultConfirmed(TimeSpan.Zero, RobotTime.Zero, fault)).State;
        using var tool = await bench.Peer("diagnostics.py");
        using var diagnostics = new WorkerDiagnostics(await bench.Node("robotworker"), Site.ProfileOf(job.Robot), () => RobotTime.FromSeconds(5));

        diagnostics.OnTransition(new Event.Started(TimeSpan.Zero, RobotTime.Zero), state);

        await bench.Until(() => tool.Says("status "), () => tool.Output);
        var heard = JsonNode.Parse(tool.Lines.First(l => l.StartsWith("status ", StringComparison.Ordinal))["status ".Length..])!;
        Assert.That(((string)heard["name"]!, (int)heard["level"]!), Is.EqualTo(("robotworker: worker", 2)));
        Assert.That((string)heard["values"]!["mode"]!, Is.EqualTo("AUTOMATIC"));
        Assert.That((string)heard["values"]!["plan"]!, Is.EqualTo("tidy-table"));
        Assert.That((string)heard["values"]!["faults"]!, Is.EqualTo("GRIPPER_FORCE_LOW"));
        Assert.That(bench.Problems, Is.Empty);
    });
}
