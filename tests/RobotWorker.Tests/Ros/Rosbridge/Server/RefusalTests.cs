using RobotWorker.Ros.Codecs;
using RobotWorker.Ros.Graph;
using RobotWorker.Ros.Messages.SensorMsgs;
using Text = RobotWorker.Ros.Messages.StdMsgs.String;

namespace RobotWorker.Tests.Ros.Rosbridge.Server;

/// <summary>Where the reference servers are silent (../specs: trap 1), this one says what is wrong.</summary>
public sealed class RefusalTests
{
    [TestCase("""{"op":"publsh","id":"7"}""", "publsh: no such operation 'publsh'; did you mean 'publish'?")]
    [TestCase("""{"op":"subscribe","id":"7"}""", "subscribe: needs 'topic', a text")]
    [TestCase("""{"op":"subscribe","id":"7","topic":5}""", "subscribe: 'topic' must be a text")]
    [TestCase("""{"op":"subscribe","id":"7","topic":"/chat","compression":"zip"}""", "subscribe: no such compression 'zip'")]
    [TestCase("""{"op":"advertise","id":"7","topic":"/x","type":"std_msgs/Strin"}""", "advertise: no such message type 'std_msgs/Strin'; did you mean 'std_msgs/String'?")]
    [TestCase("""{"op":"advertise","id":"7","topic":"/x","type":"std_msgs/msg/Strin"}""", "advertise: no such message type 'std_msgs/msg/Strin'; did you mean 'std_msgs/msg/String'?")]
    [TestCase("""{"op":"advertise","id":"7","topic":"/joint_states","type":"std_msgs/String"}""", "advertise: topic /joint_states carries sensor_msgs/msg/JointState")]
    [TestCase("""{"op":"advertise","id":"7","topic":"/a b","type":"std_msgs/String"}""", "advertise: '/a b' has ' ' at 2")]
    [TestCase("""{"op":"subscribe","id":"7","topic":"/joint_states","type":"std_msgs/String"}""", "subscribe: topic /joint_states carries sensor_msgs/msg/JointState")]
    [TestCase("""{"op":"subscribe","id":"7","topic":"/joint_state"}""", "subscribe: nobody publishes /joint_state, so that its type is unknown: give 'type'; did you mean '/joint_states'?")]
    [TestCase("""{"op":"unsubscribe","id":"7","topic":"/joint_states"}""", "unsubscribe: this client has not subscribed '/joint_states'")]
    [TestCase("""{"op":"unadvertise","id":"7","topic":"/joint_states"}""", "unadvertise: this client has not advertised '/joint_states'")]
    [TestCase("""{"op":"publish","id":"7","topic":"/nobody","msg":{}}""", "publish: /nobody is not advertised, and nobody on the graph knows its type; the message is dropped")]
    [TestCase("""{"op":"publish","id":"7","topic":"/joint_states","msg":{"header":{"stamp":{"sec":"x"}}}}""", "header.stamp.sec")]
    [TestCase("""{"op":"publish","id":"7","topic":"/joint_states","msg":{"velocities":[]}}""", "velocities")]
    [TestCase("""{"op":"set_level","id":"7","level":"loud"}""", "set_level: no such level 'loud'")]
    [TestCase("""{"op":"unadvertise_service","id":"7","service":"/x"}""", "unadvertise_service: this client does not offer '/x'")]
    [TestCase("""{"op":"service_response","id":"7","service":"/x","values":{}}""", "service_response: nobody waits for the answer 7 of /x")]
    [TestCase("""{"op":"cancel_action_goal","id":"7","action":"/x"}""", "cancel_action_goal: this client has no open goal '7' of /x")]
    [TestCase("""{"op":"action_result","id":"7","action":"/x","values":{},"status":4,"result":true}""", "action_result: this client does not offer the action '/x'")]
    [TestCase("""{"op":"fragment","id":"7","data":"x","num":3,"total":2}""", "fragment: 'num' must be 0 to 1")]
    public void WhatCannotBeDone_IsAnsweredUnderItsId(string op, string status)
    {
        using var served = new ServedGraph();
        served.Do(() => served.Robot.Advertise<JointState>("/joint_states"));
        var client = served.Connect();

        client.Send(op);

        var answer = client.Next("status");
        Assert.That(answer.GetProperty("level").GetString(), Is.EqualTo("error"));
        Assert.That(answer.GetProperty("id").GetString(), Is.EqualTo("7"));
        Assert.That(answer.GetProperty("msg").GetString(), Does.Contain(status));
    }

    [TestCase("[1, 2]", "an operation is a JSON object with 'op'")]
    [TestCase("hello", "no JSON")]
    [TestCase("""{"op":"publish","topic":"/chat","msg":{"data":"cut""", "no JSON")]
    [TestCase("""{"id":{},"op":"publish"}""", "'id' must be a text or a number")]
    [TestCase("""{"op":"publish","topic":"\ud83d","msg":{}}""", "'topic' is cut within a character")]
    public void WhatIsNoOperation_IsAnswered_AndTheConnectionStays(string frame, string status)
    {
        using var served = new ServedGraph();
        var client = served.Connect();

        client.Send(frame);

        Assert.That(client.NextStatus(), Does.Contain(status));
        client.Settle();
    }

    [Test]
    public void Ros1_Ros2sSpelling_IsRefusedWithTheRightOne()
    {
        using var served = ServedGraph.On(RosDialect.Ros1);
        var client = served.Connect();

        client.Send("""{"op":"advertise","topic":"/chat","type":"std_msgs/msg/String"}""");

        Assert.That(client.NextStatus(), Is.EqualTo("advertise: ROS 1 has no type 'std_msgs/msg/String'; did you mean 'std_msgs/String'?"));
    }

    [Test]
    public void SetLevel_None_NothingIsTold()
    {
        using var served = new ServedGraph();
        var chat = served.Do(() => served.Robot.Advertise<Text>("/chat"));
        var client = served.Connect();

        client.Send("""{"op":"set_level","level":"none"}{"op":"nonsense"}{"op":"subscribe","topic":"/chat"}""");
        served.WaitUntil(() => chat.SubscriberCount == 1, "the client subscribes");
        served.Do(() => chat.Publish(new() { Data = "only this" }));

        client.Next("publish");
    }

    [Test]
    public void WrongTopicTypeOfOneClient_IsForgottenWithIt()
    {
        using var served = new ServedGraph();
        using (var mistaken = RawClient.Connect(served.Address))
        {
            mistaken.Send("""{"op":"subscribe","topic":"/chat","type":"std_msgs/Bool"}""");
            mistaken.Settle();
        }

        served.WaitUntil(() => served.Server.Clients.Count == 0, "the client goes");
        Assert.That(served.Do(() => served.Robot.Advertise<Text>("/chat").SubscriberCount), Is.Zero);
    }
}
