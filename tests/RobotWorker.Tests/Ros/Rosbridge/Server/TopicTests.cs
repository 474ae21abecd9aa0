using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using RobotWorker.Ros.Codecs;
using RobotWorker.Ros.Graph;
using RobotWorker.Ros.Messages.SensorMsgs;
using Number = RobotWorker.Ros.Messages.StdMsgs.Int32;
using Text = RobotWorker.Ros.Messages.StdMsgs.String;

namespace RobotWorker.Tests.Ros.Rosbridge.Server;

public sealed class TopicTests
{
    [Test]
    public void Subscribe_MessagesOfTheGraph_Arrive()
    {
        using var served = new ServedGraph();
        var chat = served.Do(() => served.Robot.Advertise<Text>("/chat"));
        var client = served.Connect();

        client.Send("""{"op":"subscribe","id":"subscribe:/chat:1","topic":"/chat","type":"std_msgs/String"}""");
        client.Settle();
        served.Do(() => chat.Publish(new() { Data = "größer \"als\" 1" }));

        var came = client.Next("publish");
        Assert.That(came.GetProperty("topic").GetString(), Is.EqualTo("/chat"));
        Assert.That(came.GetProperty("msg").GetProperty("data").GetString(), Is.EqualTo("größer \"als\" 1"));
    }

    [Test]
    public void Subscribe_LatchedTopic_EveryNewClientGetsTheMessage()
    {
        using var served = new ServedGraph();
        served.Do(() => served.Robot.Advertise<Text>("/robot_description", Qos.Latched).Publish(new() { Data = "<robot/>" }));

        foreach (var client in new[] { served.Connect(), served.Connect() })
        {
            client.Send("""{"op":"subscribe","topic":"/robot_description"}""");
            Assert.That(client.Next("publish").GetProperty("msg").GetProperty("data").GetString(), Is.EqualTo("<robot/>"));
        }
    }

    // As the reference server: it is how a client finds out that the last message was lost on its way.
    [Test]
    public void Subscribe_Again_GetsWhatIsLatchedOnceMore()
    {
        using var served = new ServedGraph();
        var state = served.Do(() => served.Robot.Advertise<Text>("/state", Qos.Latched));
        served.Do(() => state.Publish(new() { Data = "first" }));
        var client = served.Connect();
        client.Send("""{"op":"subscribe","id":"s","topic":"/state"}""");
        Assert.That(Next(), Is.EqualTo("first"));

        client.Send("""{"op":"subscribe","id":"s","topic":"/state"}""");
        Assert.That(Next(), Is.EqualTo("first"));

        served.Do(() => state.Publish(new() { Data = "second" }));
        served.Do(() => state.Publish(new() { Data = "third" }));
        Assert.That((Next(), Next()), Is.EqualTo(("second", "third")), "and what comes later comes once");

        string Next() => client.Next("publish").GetProperty("msg").GetProperty("data").GetString()!;
    }

    [Test]
    public void Publish_Advertised_ReachesTheGraph()
    {
        using var served = new ServedGraph();
        var heard = new List<string>();
        served.Do(() => served.Robot.Subscribe<Text>("/chat", message => heard.Add(message.Data)));
        var client = served.Connect();

        client.Send("""{"op":"advertise","topic":"/chat","type":"std_msgs/msg/String"}""");
        client.Send("""{"op":"publish","topic":"/chat","msg":{"data":"hello"}}""");
        client.Settle();

        served.WaitUntil(() => heard.Count == 1, "the message arrives");
        Assert.That(heard, Is.EqualTo(["hello"]));
    }

    [Test]
    public void RelativeNames_AreResolved_AndTheClientHearsTheNameThatItGave()
    {
        using var served = new ServedGraph();
        var client = served.Connect();

        client.Send("""{"op":"subscribe","topic":"chat","type":"std_msgs/String"}{"op":"publish","topic":"/chat","msg":{"data":"hello"}}""");

        Assert.That(client.Next("publish").GetProperty("topic").GetString(), Is.EqualTo("chat"));
    }

    [Test]
    public void Publish_NotAdvertisedButKnown_TakesTheTopicsType()
    {
        using var served = new ServedGraph();
        var heard = new List<string>();
        served.Do(() => served.Robot.Subscribe<Text>("/chat", message => heard.Add(message.Data)));
        var client = served.Connect();

        client.Send("""{"op":"publish","topic":"/chat","msg":{"data":"hello"}}""");

        served.WaitUntil(() => heard.Count == 1, "the message arrives");
    }

    // RosSharp sends JSON in binary frames, cut into continuation frames of 1 KiB, with ids that look like topics.
    [Test]
    public void RosSharpsFraming_IsUnderstood()
    {
        using var served = new ServedGraph();
        var heard = new List<string>();
        served.Do(() => served.Robot.Subscribe<Text>("/chat", message => heard.Add(message.Data)));
        var client = served.Connect();
        var text = new string('x', 5000);

        SendAsRosSharp("""{"op":"advertise","id":"/chat:0","topic":"/chat","type":"std_msgs/String","latch":false,"queue_size":0}""");
        SendAsRosSharp($$"""{"op":"publish","id":"/chat:0","topic":"/chat","msg":{"data":"{{text}}"},"latch":false}""");
        SendAsRosSharp("""{"op":"subscribe","id":"/chat:1","topic":"/chat","type":"std_msgs/String","throttle_rate":0,"queue_length":1,"fragment_size":2147483647,"compression":"none"}""");
        client.Settle();
        served.WaitUntil(() => heard.Count == 1, "the message arrives");
        Assert.That(heard, Is.EqualTo([text]));
        SendAsRosSharp("""{"op":"publish","id":"/chat:0","topic":"/chat","msg":{"data":"back"},"latch":false}""");
        Assert.That(client.Next("publish").GetProperty("msg").GetProperty("data").GetString(), Is.EqualTo("back"));

        void SendAsRosSharp(string json)
        {
            var parts = Encoding.UTF8.GetBytes(json).Chunk(1024).ToList();
            for (var i = 0; i < parts.Count; i++) client.Send(parts[i], WebSocketMessageType.Binary, i == parts.Count - 1);
        }
    }

    [Test]
    public void SeveralValuesInOneFrame_EachIsDone()
    {
        using var served = new ServedGraph();
        var heard = new List<string>();
        served.Do(() => served.Robot.Subscribe<Text>("/chat", message => heard.Add(message.Data)));
        var client = served.Connect();

        client.Send("""{"op":"publish","topic":"/chat","msg":{"data":"1"}}{"op":"publish","topic":"/chat","msg":{"data":"2"}} {"op":"publ""");

        Assert.That(client.NextStatus(), Does.Contain("no JSON"));
        // The answer is on its way before the graph has delivered the last message.
        Assert.That(() => served.Do(() => heard.ToArray()), Is.EqualTo(["1", "2"]).After(20_000, 10));
    }

    [Test]
    public void Fragments_InAnyOrder_AreOneMessage()
    {
        using var served = new ServedGraph();
        var heard = new List<string>();
        served.Do(() => served.Robot.Subscribe<Text>("/chat", message => heard.Add(message.Data)));
        var client = served.Connect();

        client.Send("""{"op":"fragment","id":0,"data":"\"topic\":\"/chat\",\"msg\":{\"data\":","num":1,"total":3.4}""");
        client.Send("""{"op":"fragment","id":0,"data":"\"whole\"}}","num":2,"total":3.4}""");
        client.Send("""{"op":"fragment","id":0,"data":"{\"op\":\"publish\",","num":0,"total":3.4}""");

        served.WaitUntil(() => heard.Count == 1, "the message arrives");
        Assert.That(heard, Is.EqualTo(["whole"]));
    }

    [Test]
    public void Subscribe_WithFragmentSize_IsCutNeverWithinACharacter()
    {
        using var served = new ServedGraph();
        var chat = served.Do(() => served.Robot.Advertise<Text>("/chat"));
        var client = served.Connect();
        var text = string.Concat(Enumerable.Repeat("aé€😀", 50));

        client.Send("""{"op":"subscribe","topic":"/chat","fragment_size":100}""");
        client.Settle();
        served.Do(() => chat.Publish(new() { Data = text }));

        var whole = "";
        for (var (number, total) = (0, 1); number < total; number++)
        {
            var piece = client.Next("fragment");
            total = piece.GetProperty("total").GetInt32();
            Assert.That(piece.GetProperty("num").GetInt32(), Is.EqualTo(number));
            whole += piece.GetProperty("data").GetString();
        }

        Assert.That(JsonDocument.Parse(whole).RootElement.GetProperty("msg").GetProperty("data").GetString(), Is.EqualTo(text));
    }

    [Test]
    public void Throttle_WithoutAQueue_LeavesOutWhatComesTooEarly()
    {
        using var served = new ServedGraph();
        var chat = served.Do(() => served.Robot.Advertise<Number>("/count"));
        var client = served.Connect();

        client.Send("""{"op":"subscribe","topic":"/count","throttle_rate":3600000}""");
        client.Settle();
        served.Do(() =>
        {
            for (var i = 1; i <= 100; i++) chat.Publish(new() { Data = i });
        });
        client.Send("""{"op":"unsubscribe","topic":"/count"}""");

        Assert.That(client.Next("publish").GetProperty("msg").GetProperty("data").GetInt32(), Is.EqualTo(1));
        client.Settle();
    }

    [Test]
    public void Throttle_WithAQueue_SendsTheLatestOneByOne()
    {
        using var served = new ServedGraph();
        var chat = served.Do(() => served.Robot.Advertise<Number>("/count"));
        var client = served.Connect();

        client.Send("""{"op":"subscribe","topic":"/count","throttle_rate":20,"queue_length":3}""");
        client.Settle();
        served.Do(() =>
        {
            for (var i = 1; i <= 100; i++) chat.Publish(new() { Data = i });
        });

        var came = Enumerable.Range(0, 4).Select(_ => client.Next("publish").GetProperty("msg").GetProperty("data").GetInt32());
        Assert.That(came, Is.EqualTo([1, 98, 99, 100]));
    }

    [Test]
    public void SubscribedTwice_EachMessageComesOnce_UntilBothAreWithdrawn()
    {
        using var served = new ServedGraph();
        var count = served.Do(() => served.Robot.Advertise<Number>("/count"));
        var client = served.Connect();

        client.Send("""{"op":"subscribe","id":"a","topic":"/count"}{"op":"subscribe","id":"b","topic":"/count"}""");
        client.Settle();
        served.Do(() => count.Publish(new() { Data = 1 }));
        client.Send("""{"op":"unsubscribe","id":"a","topic":"/count"}""");
        Assert.That(client.Next("publish").GetProperty("msg").GetProperty("data").GetInt32(), Is.EqualTo(1));
        client.Settle();
        served.Do(() => count.Publish(new() { Data = 2 }));
        Assert.That(client.Next("publish").GetProperty("msg").GetProperty("data").GetInt32(), Is.EqualTo(2));
        client.Send("""{"op":"unsubscribe","id":"b","topic":"/count"}""");
        client.Settle();
        served.Do(() => count.Publish(new() { Data = 3 }));
        client.Settle();
        Assert.That(served.Do(() => count.SubscriberCount), Is.Zero);
    }

    [Test]
    public void Ros1_NamesAndFieldsAreRos1s()
    {
        using var served = ServedGraph.On(RosDialect.Ros1);
        var joints = served.Do(() => served.Robot.Advertise<JointState>("/joint_states"));
        var client = served.Connect();

        client.Send("""{"op":"subscribe","topic":"/joint_states","type":"sensor_msgs/JointState"}""");
        client.Settle();
        served.Do(() => joints.Publish(JointState.Default with { Header = new() { Stamp = new() { Sec = 7, Nanosec = 8 } } }));

        var header = client.Next("publish").GetProperty("msg").GetProperty("header");
        Assert.That(header.GetProperty("stamp").GetProperty("secs").GetInt32(), Is.EqualTo(7));
        Assert.That(header.GetProperty("stamp").GetProperty("nsecs").GetInt32(), Is.EqualTo(8));
        Assert.That(header.TryGetProperty("seq", out _));
    }

    [TestCase(RosDialect.Ros2)]
    [TestCase(RosDialect.Ros1)]
    public void CborRaw_HoldsTheMessageAsRosSerialisesIt(RosDialect dialect)
    {
        using var served = ServedGraph.On(dialect);
        var chat = served.Do(() => served.Robot.Advertise<Text>("/chat"));
        var client = served.Connect();
        var said = new Text { Data = "hello" };

        client.Send("""{"op":"subscribe","topic":"/chat","compression":"cbor-raw"}""");
        client.Settle();
        served.Do(() => chat.Publish(said));

        var (type, bytes) = client.NextFrame();
        Assert.That(type, Is.EqualTo(WebSocketMessageType.Binary));
        var wanted = dialect == RosDialect.Ros1 ? Ros1Wire.Serialize(said) : Cdr.Serialize(said);
        Assert.That(bytes.AsSpan().IndexOf(wanted), Is.GreaterThan(0));
        Assert.That(bytes.AsSpan().IndexOf("nsecs"u8), Is.GreaterThan(0));
    }

    [Test]
    public void Png_UnpacksToTheOperation()
    {
        using var served = new ServedGraph();
        var chat = served.Do(() => served.Robot.Advertise<Text>("/chat"));
        var client = served.Connect();

        client.Send("""{"op":"subscribe","topic":"/chat","compression":"png"}""");
        client.Settle();
        served.Do(() => chat.Publish(new() { Data = new('x', 1000) }));

        var image = Convert.FromBase64String(client.Next("png").GetProperty("data").GetString()!);
        Assert.That(PngPixels.Of(image).TrimEnd('\n'), Is.EqualTo($$$"""{"op":"publish","topic":"/chat","msg":{"data":"{{{new string('x', 1000)}}}"}}"""));
    }
}
