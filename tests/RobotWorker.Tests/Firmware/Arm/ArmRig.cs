using RobotWorker.Firmware.Arm;
using RobotWorker.Firmware.Dynamixel;
using RobotWorker.Firmware.Emulation;
using RobotWorker.Firmware.Feetech;
using RobotWorker.Firmware.Links;
using RobotWorker.Firmware.Servos;
using RobotWorker.Ros.Actions;
using RobotWorker.Ros.Graph;
using RobotWorker.Ros.Messages.ControlMsgs;
using RobotWorker.Ros.Messages.DiagnosticMsgs;
using RobotWorker.Ros.Messages.SensorMsgs;
using RobotWorker.Ros.Messages.StdSrvs;
using RobotWorker.Testing;
using RobotWorker.Time;

namespace RobotWorker.Tests.Firmware.Arm;

/// <summary>An SO-101-like arm of emulated servos, Feetech unless the test says otherwise, at virtual pace, with a client beside it.</summary>
internal sealed class ArmRig
{
    private int goals;

    private ArmRig(EpisodeLoop loop, SerialArm arm, ServoBench servos, RigidServoPlant plant, IRosConnection client, CuttableLink link)
    {
        (Loop, Arm, Servos, Plant, Client, Link) = (loop, arm, servos, plant, client, link);
        client.Subscribe<JointState>("/joint_states", m => Joints = m);
        client.Subscribe<JointTrajectoryControllerState>("/arm_controller/controller_state", m => State = m);
        client.Subscribe<DiagnosticArray>("/diagnostics", m => Diagnostics = m);
        arm.Trouble += Troubles.Add;
    }

    public EpisodeLoop Loop { get; }

    public SerialArm Arm { get; }

    public ServoBench Servos { get; }

    public RigidServoPlant Plant { get; }

    public IRosConnection Client { get; }

    public CuttableLink Link { get; }

    public JointState? Joints { get; private set; }

    public JointTrajectoryControllerState? State { get; private set; }

    public DiagnosticArray? Diagnostics { get; private set; }

    public List<string> Troubles { get; } = [];

    /// <summary>The true angles, radians.</summary>
    public double[] Truth => Plant.Positions.ToArray();

    /// <summary>The same arm of Dynamixels.</summary>
    public static SerialArmDescription OfDynamixels { get; } = So101.Arm with { Bus = So101.Arm.Bus with { Make = ServoMake.Dynamixel } };

    /// <param name="start">Radians.</param>
    /// <param name="description">Null: the shipped one.</param>
    /// <param name="faults">Of the bus's wire.</param>
    public static void Run(Func<ArmRig, Task> test, double[]? start = null, SerialArmDescription? description = null, LinkFaults? faults = null)
    {
        var described = description ?? So101.Arm;
        var loop = new EpisodeLoop(Pace.Virtual);
        loop.Run(async () =>
        {
            // Gears hold what hangs on them, more or less.
            var plant = new RigidServoPlant([.. So101.Arm.Servos.Select((servo, i) =>
                new RigidJoint(MinRadians: servo.MinRadians, MaxRadians: servo.MaxRadians, StartRadians: start?[i] ?? 0, CoulombNewtonMetres: i is 1 or 2 ? 0.25 : 0.03, GravityNewtonMetres: i is 1 or 2 ? 0.2 : 0))]);
            var servos = EmulatedArm.Over(plant, described);
            var link = new CuttableLink(servos);
            var options = new ServoBusOptions { PeriodSeconds = So101.Arm.PeriodSeconds };
            var graph = new InProcessGraph(loop.Time);
            using var robot = graph.Connect("arm");
            var period = TimeSpan.FromSeconds(So101.Arm.PeriodSeconds);
            using var passing = loop.Time.CreateTimer(_ => servos.Advance(So101.Arm.PeriodSeconds), null, period, period);
            IServoBus Open()
            {
                link.Open();
                IByteLink wire = faults is null ? link : new FaultyLink(link, faults, seed: 5, loop.Time);
                IServoDialect dialect = described.Bus.Make == ServoMake.Feetech ? new FeetechDialect(new FeetechBus(wire, loop.Time)) : new DynamixelDialect(new DynamixelBus(wire, loop.Time));
                return new ServoGroup(dialect, described.Servos, options, wire);
            }

            using var arm = new SerialArm(described, new LoopPacer(Open, loop.Time, period), robot, () => RobotTime.FromSeconds(loop.Elapsed.TotalSeconds), options.MaxLeadRadians);
            var rig = new ArmRig(loop, arm, servos, plant, graph.Connect("test"), link);
            arm.Start();
            await test(rig);
        });
    }

    public Task Wait(double seconds) => Task.Delay(TimeSpan.FromSeconds(seconds), Loop.Time);

    public async Task Until(Func<bool> holds, double seconds = 10)
    {
        for (var waited = 0.0; waited < seconds && !holds(); waited += 0.01) await Wait(0.01);
        Assert.That(holds(), $"not within {seconds} s; troubles: {string.Join(" | ", Troubles)}");
    }

    public async Task Enable()
    {
        await Until(() => Joints is not null);
        var refused = "nothing was said";
        Arm.Enable(why => refused = why);
        await Until(() => refused != "nothing was said");
        Assert.That(refused, Is.Null);
        Assert.That(Arm.IsEnabled);
    }

    public IGoalHandle<FollowJointTrajectory.Result> Follow(double seconds, params double[] posture) =>
        Client.ActionClient(FollowJointTrajectory.Type, "/arm_controller/follow_joint_trajectory").Send(Id(), So101.To(seconds, posture));

    public IGoalHandle<GripperCommandAction.Result> Grip(double width, double force) =>
        Client.ActionClient(GripperCommandAction.Type, "/gripper_controller/gripper_cmd").Send(Id(), new() { Command = new() { Position = width, MaxEffort = force } });

    public Task<Trigger.Response> Call(string service) => Client.CallServiceAsync(Trigger.Type, service, new(), TimeSpan.FromSeconds(5));

    public DiagnosticStatus Status(string name) => Diagnostics!.Status.Single(status => status.Name == name);

    private Guid Id() => new(++goals, 0, 0, new byte[8]);
}
