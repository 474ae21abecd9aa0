using System.Text;
using RobotWorker.Ros.Rosbridge.Server.Ops;
using RobotWorker.Testing;

namespace RobotWorker.Tests.Ros.Rosbridge.Server;

/// <summary>Whatever a client sends becomes operations, or a reason why not: never an exception, a hang or a heap of memory.</summary>
public sealed class OpDecoderFuzzTests
{
    private static readonly IReadOnlyList<byte[]> Corpus = [.. new[]
    {
        """{"op":"advertise","id":"/chat:0","topic":"/chat","type":"std_msgs/String","latch":false,"queue_size":100}""",
        """{"op":"publish","id":7,"topic":"/chat","msg":{"data":"hé😀","list":[1,2.5e3,null,true,{"a":"b"}]}}""",
        """{"op":"subscribe","topic":"/chat","throttle_rate":20,"queue_length":3,"fragment_size":2147483647,"compression":"cbor-raw"}{"op":"unsubscribe","topic":"/chat"}""",
        """{"op":"call_service","id":"x","service":"/light","args":[true,"\u0041"],"timeout":2.5}""",
        """{"op":"fragment","id":0,"data":"{\"op\":\"status\"}","num":0,"total":1.7}""",
        """{"op":"fragment","id":"f","data":"x","num":99999,"total":100000}""",
        """{"op":"send_action_goal","id":"g","action":"/grip","action_type":"control_msgs/GripperCommand","args":{},"feedback":true}""",
        """{"op":"action_result","id":"g","action":"/grip","values":{"position":0.04},"status":4,"result":true}""",
    }.Select(Encoding.UTF8.GetBytes)];

    [Test]
    public void MutatedFrames_AreTakenOrRefused() => Fuzz(20_000);

    [Test]
    [Category("Slow")]
    public void AMillionMutatedFrames_AreTakenOrRefused() => Fuzz(1_000_000);

    private static void Fuzz(int count)
    {
        var ops = new List<ClientOp>();
        var good = 0;
        var bad = 0;
        Fuzzing.Run(
            frame =>
            {
                ops.Clear();
                new OpDecoder(1 << 20).Decode(frame, ops);
                bad += ops.Count(op => op is BadOp);
                good += ops.Count(op => op is not BadOp);
            },
            Corpus, count, seed: 1, _ => false);

        Assert.That(good, Is.GreaterThan(0));
        Assert.That(bad, Is.GreaterThan(0));
    }
}
