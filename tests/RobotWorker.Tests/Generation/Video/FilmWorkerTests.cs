using System.Buffers.Binary;
using System.Text;
using RobotWorker.Chance;
using RobotWorker.Generation.Video;

namespace RobotWorker.Tests.Generation.Video;

/// <summary>The rendering process before an input that no episode would write.</summary>
public sealed class FilmWorkerTests
{
    private static readonly RenderOrder Order = new("<mujoco/>", "overview", 640, 480, 15, "film.mp4");

    [TestCase(-1)]
    [TestCase(int.MinValue)]
    [TestCase(int.MaxValue)]
    [TestCase(100_000_000)]
    public void Run_ATextOfAnAbsurdLength_EndsWithALineThatSaysSo(int length)
    {
        var input = Bytes(Order);
        BinaryPrimitives.WriteInt32LittleEndian(input.AsSpan(4), length);
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.That(Run(input), Does.Contain($"text of {length} bytes"));
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(1 << 20));
    }

    [Test]
    public void Run_ATextThatBreaksOff_EndsWithALineThatSaysSo()
    {
        var input = Bytes(Order);
        BinaryPrimitives.WriteInt32LittleEndian(input.AsSpan(4), 10_000);

        Assert.That(Run(input), Does.Contain("breaks off"));
    }

    [TestCase(0, 480, 15, "0 x 480")]
    [TestCase(640, -480, 15, "640 x -480")]
    [TestCase(641, 480, 15, "641 x 480")]
    [TestCase(65536, 65536, 15, "65536 x 65536")]
    [TestCase(640, 480, 0, "0 frames")]
    [TestCase(640, 480, int.MaxValue, "2147483647 frames")]
    public void Run_AFormatThatIsNone_EndsWithALineThatSaysSo(int width, int height, int framesPerSecond, string said) =>
        Assert.That(Run(Bytes(Order with { Width = width, Height = height, FramesPerSecond = framesPerSecond })), Does.Contain(said));

    [TestCase("")]
    [TestCase("film\0.mp4")]
    public void Run_AFileThatCannotBe_EndsWithALineThatSaysSo(string file) =>
        Assert.That(Run(Bytes(Order with { Output = file })), Does.Contain("no file's name"));

    [Test]
    public void Run_NoiseAfterTheFirstWord_AlwaysEndsWithALine()
    {
        var chance = RandomStream.For(3, "film", "noise");
        for (var n = 0; n < 500; n++)
        {
            var input = Bytes(Order);
            for (var i = 4; i < input.Length; i++)
                if (chance.NextInt(8) == 0) input[i] = (byte)chance.NextInt(256);
            input[4 + 4 + 1] = (byte)'!';    // no XML, so that nothing is ever rendered

            Assert.That(Run(input), Is.Not.Empty);
        }
    }

    private static string Run(byte[] input)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var code = FilmWorker.Run(new MemoryStream(input), output, errors, TimeProvider.System);
        var said = errors.ToString();

        Assert.That(code, Is.EqualTo(1), said);
        Assert.That(output.ToString(), Is.Empty);
        return said;
    }

    private static byte[] Bytes(RenderOrder order)
    {
        using var pipe = new MemoryStream();
        using (var to = new BinaryWriter(pipe, Encoding.UTF8)) order.Write(to);
        return pipe.ToArray();
    }
}
