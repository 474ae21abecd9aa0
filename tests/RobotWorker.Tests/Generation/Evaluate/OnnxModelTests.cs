using System.Text;
using RobotWorker.Generation.Policies;
using RobotWorker.Skills.Policies;

namespace RobotWorker.Tests.Generation.Evaluate;

/// <summary>Networks of one node, written here byte by byte as onnx.proto has them.</summary>
public sealed class OnnxModelTests
{
    private string file = "";

    [SetUp]
    public void Begin() => file = Path.Combine(Directory.CreateTempSubdirectory("onnx").FullName, "policy.onnx");

    [TearDown]
    public void End() => Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);

    [Test]
    public void Network_IsAskedForAnAction_AtTheRateOfItsMetadata()
    {
        Write("observation.state", [1, 3], "action", [1, 3], fps: "20");

        using var policy = NamedPolicy.Parse($"onnx:{file}").For(1)!.Open("any");

        Assert.That(policy.FramesPerSecond, Is.EqualTo(20));
        Assert.That(policy.Next(Seen(0.5, -1, 2)), Is.EqualTo([0.5, -1, 2]));
        Assert.That(policy.Next(Seen(3, 4, 5)), Is.EqualTo([3, 4, 5]));
    }

    [Test]
    public void SeveralActionsInARow_AreSaidOneAfterTheOther()
    {
        Write("observation.state", [1, 4], "action", [1, 2, 2], reshapes: true);

        using var policy = NamedPolicy.Parse($"onnx:{file}").For(1)!.Open("any");

        Assert.That(policy.FramesPerSecond, Is.EqualTo(10), "where nothing says otherwise");
        Assert.That(policy.Next(Seen(1, 2, 3, 4)), Is.EqualTo([1, 2]));
        Assert.That(policy.Next(Seen(9, 9, 9, 9)), Is.EqualTo([3, 4]));
        Assert.That(policy.Next(Seen(5, 6, 7, 8)), Is.EqualTo([5, 6]));
    }

    [TestCase("observation.images.head", "action", "10", "wants 'observation.images.head'")]
    [TestCase("observation.state", "velocity", "10", "must have 'action'")]
    [TestCase("observation.state", "action", "30", "'fps' is '30'")]
    public void NetworkOfAnotherShape_IsRefusedWithAWord(string input, string output, string fps, string word)
    {
        Write(input, [1, 3], output, [1, 3], fps);

        Assert.That(() => NamedPolicy.Parse($"onnx:{file}"), Throws.InstanceOf<PolicyException>().With.Message.Contains(word));
    }

    [Test]
    public void FileThatIsNone_IsRefused()
    {
        File.WriteAllText(file, "no network");

        Assert.That(() => NamedPolicy.Parse($"onnx:{file}"), Throws.InstanceOf<PolicyException>().With.Message.Contains("no network of ONNX"));
        Assert.That(() => NamedPolicy.Parse("onnx:/no/such/file"), Throws.InstanceOf<PolicyException>());
    }

    private static Dictionary<string, double[]> Seen(params double[] state) => new() { [RobotTold.StateName] = state };

    /// <summary>Its output is its input.</summary>
    private void Write(string input, long[] inputShape, string output, long[] outputShape, string? fps = null, bool reshapes = false)
    {
        byte[] node = reshapes
            ? [.. Text(1, input), .. Text(1, "shape"), .. Text(2, output), .. Text(4, "Reshape")]
            : [.. Text(1, input), .. Text(2, output), .. Text(4, "Identity")];
        // A constant of int64, type 7.
        byte[] shape = [.. Number(1, outputShape.Length), .. Number(2, 7), .. outputShape.SelectMany(d => Number(7, d)), .. Text(8, "shape")];
        byte[] graph = [.. Part(1, node), .. Text(2, "graph"), .. reshapes ? Part(5, shape) : [], .. Part(11, Value(input, inputShape)), .. Part(12, Value(output, outputShape))];
        byte[] metadata = fps is null ? [] : Part(14, [.. Text(1, "fps"), .. Text(2, fps)]);
        File.WriteAllBytes(file, [.. Number(1, 8), .. Part(7, graph), .. Part(8, Number(2, 13)), .. metadata]);
    }

    /// <summary>A tensor of float32, type 1.</summary>
    private static byte[] Value(string name, long[] shape) =>
        [.. Text(1, name), .. Part(2, Part(1, [.. Number(1, 1), .. Part(2, [.. shape.SelectMany(d => Part(1, Number(1, d)))])]))];

    private static byte[] Text(int field, string text) => Part(field, Encoding.UTF8.GetBytes(text));

    private static byte[] Part(int field, byte[] bytes) => [.. Varint((field << 3) | 2), .. Varint(bytes.Length), .. bytes];

    private static byte[] Number(int field, long value) => [.. Varint(field << 3), .. Varint(value)];

    private static byte[] Varint(long value) => value < 128 ? [(byte)value] : [(byte)((value & 127) | 128), .. Varint(value >> 7)];
}
