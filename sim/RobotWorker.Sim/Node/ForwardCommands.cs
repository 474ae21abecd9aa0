using RobotWorker.Controllers.Joints;
using RobotWorker.Controllers.Servers;
using RobotWorker.Ros.Graph;
using RobotWorker.Ros.Messages.StdMsgs;

namespace RobotWorker.Sim.Node;

/// <summary>
/// Topics on which targets are streamed, as ros2_control's forward command controller has them: arm and head by joint positions, the gripper by its opening and, where a
/// second number is given, the greatest force. Each message is a target that holds until the next; without one for <see cref="JointMotion.WatchdogSeconds"/> what was moved
/// comes to rest and holds. Actions and stops go before: while a goal of the same joints is carried out, or they are stopped, messages are dropped, and a goal that comes
/// takes the joints over.
/// </summary>
internal sealed class ForwardCommands : IDisposable
{
    public const string Arm = "/arm_controller/commands", Gripper = "/gripper_controller/commands", Head = "/head_controller/commands";

    private readonly GripperServer gripper;
    private readonly IDisposable[] subscriptions;
    private double grippingLeft;

    public ForwardCommands(IRosConnection ros, JointMotion arm, TrajectoryServer trajectory, GripperServer gripper, JointMotion head, PointHeadServer pointHead)
    {
        this.gripper = gripper;
        subscriptions =
        [
            ros.Subscribe<Float64MultiArray>(Arm, m =>
            {
                if (!trajectory.IsStopped && !trajectory.IsBusy && Are(m, arm.Joints.Length)) arm.Stream(m.Data);
            }),
            ros.Subscribe<Float64MultiArray>(Gripper, m =>
            {
                if (GripperIsGone || gripper.IsStopped || gripper.IsBusy || !(Are(m, 1) || (Are(m, 2) && m.Data[1] >= 0))) return;
                gripper.Command(m.Data[0], m.Data.Length > 1 ? m.Data[1] : 0);
                grippingLeft = JointMotion.WatchdogSeconds;
            }),
            ros.Subscribe<Float64MultiArray>(Head, m =>
            {
                if (!pointHead.IsStopped && !pointHead.IsBusy && Are(m, head.Joints.Length)) head.Stream(m.Data);
            }),
        ];
    }

    /// <summary>The process that moves the gripper is not there.</summary>
    public bool GripperIsGone { get; set; }

    /// <summary>A control period passes.</summary>
    public void Step(double seconds)
    {
        if (grippingLeft <= 0) return;
        grippingLeft -= seconds;
        if (gripper.IsBusy) grippingLeft = 0;
        else if (grippingLeft <= 0) gripper.HoldOrKeepGripping();
    }

    /// <summary>The gripper's target of now is nobody's any more.</summary>
    public void EndGripping() => grippingLeft = 0;

    public void Dispose()
    {
        foreach (var subscription in subscriptions) subscription.Dispose();
    }

    private static bool Are(Float64MultiArray message, int count) => message.Data.Length == count && message.Data.All(double.IsFinite);
}
