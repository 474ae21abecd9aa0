using RobotWorker.Ros.Actions;
using RobotWorker.Ros.Codecs;
using RobotWorker.Ros.Graph;
using Goal = RobotWorker.Ros.Messages.ControlMsgs.GripperCommandAction.Goal;
using Result = RobotWorker.Ros.Messages.ControlMsgs.GripperCommandAction.Result;
using Told = RobotWorker.Ros.Messages.ControlMsgs.GripperCommandAction.Feedback;

namespace RobotWorker.Tests.Ros.Rosbridge.Server;

/// <summary>On ROS 1 an action is five topics (actionlib).</summary>
public sealed class Ros1ActionTests
{
    [Test]
    public void Goal_ByTopics_RunsToItsEnd()
    {
        using var served = ServedGraph.On(RosDialect.Ros1);
        var client = Offered(served, new Gripper(canWait: false));

        client.Send("""{"op":"publish","topic":"/grip/goal","msg":{"goal_id":{"id":"mine"},"goal":{"command":{"position":0.04}}}}""");

        var result = client.Next("publish").GetProperty("msg");
        Assert.That(result.GetProperty("status").GetProperty("goal_id").GetProperty("id").GetString(), Is.EqualTo("mine"));
        Assert.That(result.GetProperty("status").GetProperty("status").GetInt32(), Is.EqualTo(3));
        Assert.That(result.GetProperty("result").GetProperty("position").GetDouble(), Is.EqualTo(0.04));
    }

    [Test]
    public void Goal_CancelledByItsTopic_IsPreempted()
    {
        using var served = ServedGraph.On(RosDialect.Ros1);
        var gripper = new Gripper(canWait: true);
        var client = Offered(served, gripper);

        client.Send("""{"op":"publish","topic":"/grip/goal","msg":{"goal_id":{"id":"mine"},"goal":{"command":{"position":0.04}}}}""");
        served.WaitUntil(() => gripper.Runs, "the goal runs");
        client.Send("""{"op":"publish","topic":"/grip/cancel","msg":{"id":"mine"}}""");

        Assert.That(client.Next("publish").GetProperty("msg").GetProperty("status").GetProperty("status").GetInt32(), Is.EqualTo(2));
    }

    [Test]
    public void Topics_ComeAndGoWithTheAction()
    {
        using var served = ServedGraph.On(RosDialect.Ros1);
        var offer = served.Do(() => served.Robot.AdvertiseAction("/grip", new Gripper(canWait: false)));
        served.WaitUntil(() => Names().Contains("/grip/goal"), "the topics come");

        served.Do(offer.Dispose);

        served.WaitUntil(() => !Names().Contains("/grip/goal"), "the topics go");

        IEnumerable<string> Names() => served.Graph.Look().Topics.Select(topic => topic.Name);
    }

    private static RawClient Offered(ServedGraph served, Gripper gripper)
    {
        served.Do(() => served.Robot.AdvertiseAction("/grip", gripper));
        var client = served.Connect();
        client.Send("""{"op":"subscribe","topic":"/grip/result","type":"control_msgs/GripperCommandActionResult"}""");
        client.Send("""{"op":"advertise","topic":"/grip/goal","type":"control_msgs/GripperCommandActionGoal"}""");
        client.Send("""{"op":"advertise","topic":"/grip/cancel","type":"actionlib_msgs/GoalID"}""");
        client.Settle();
        return client;
    }

    private sealed class Gripper(bool canWait) : IActionServerHandler<Goal, Result, Told>
    {
        public bool Runs { get; private set; }

        public bool Accept(Guid goalId, Goal goal) => true;

        public async Task<GoalEnd<Result>> Execute(ServerGoal<Goal, Told> goal, CancellationToken canceled)
        {
            Runs = true;
            if (!canWait) return GoalEnd.Succeeded(new Result { Position = goal.Goal.Command.Position });
            var stopped = new TaskCompletionSource();
            using var registration = canceled.Register(stopped.SetResult);
            await stopped.Task;
            return GoalEnd.Canceled(new Result());
        }
    }
}
