using System.Buffers;
using RobotWorker.Firmware.Arm;
using RobotWorker.Firmware.Emulation;
using RobotWorker.Firmware.Feetech;
using RobotWorker.Firmware.Links;
using RobotWorker.Firmware.Servos;
using RobotWorker.Testing;

namespace RobotWorker.Tests.Firmware.Links;

/// <summary>An adapter that hears itself, between a control cycle and emulated servos.</summary>
public sealed class EchoingLinkTests
{
    [Test]
    public void Cycle_ThroughAnAdapterThatEchoes_ReadsEveryServo_HoweverTheEchoIsCut([Values(1, 5, 4096)] int piece)
    {
        using var bus = Open(piece, out var servos);
        var states = new ServoState[bus.Servos.Length];
        for (var i = 0; i < states.Length; i++) bus.SafeTorqueOn(i);
        double[] stay = [.. states.Select(_ => double.NaN)];

        for (var i = 0; i < 20; i++)
        {
            bus.Cycle(stay, states);
            servos.Advance(0.01);
        }

        Assert.That(states.Select(s => s.IsFresh), Is.All.True);
    }

    // A question for two bytes looks like their answer.
    [Test]
    public void Question_HeardAsItsOwnAnswer_IsWrong_AndLeftOutItIsRight()
    {
        var echo = new Echo(EmulatedArm.Of(So101.Arm).Servos);

        Assert.That(new FeetechBus(new MemoryLink("memory", echo, 1_000_000), TimeProvider.System).Read(1, StsRegisters.Model), Is.Not.EqualTo(StsRegisters.ModelSts3215));
        Assert.That(new FeetechBus(new EchoingLink(new MemoryLink("memory", echo, 1_000_000), TimeProvider.System), TimeProvider.System).Read(1, StsRegisters.Model), Is.EqualTo(StsRegisters.ModelSts3215));
    }

    [Test]
    public void Read_AnEchoThatNeverComes_DoesNotEatTheNextAnswer()
    {
        var device = new Deaf();
        using var link = new EchoingLink(new MemoryLink("memory", device, 1_000_000), TimeProvider.System);
        var read = new byte[8];

        link.Write([1, 2, 3], TimeSpan.FromSeconds(1));
        Assert.That(link.Read(read, TimeSpan.FromMilliseconds(5)), Is.Zero);
        device.Says = [7, 8];
        link.Write([], TimeSpan.FromSeconds(1));

        Assert.That((link.Read(read, TimeSpan.FromMilliseconds(5)), read[0], read[1]), Is.EqualTo((2, 7, 8)));
    }

    private static IServoBus Open(int piece, out ServoBench servos)
    {
        var arm = So101.Arm with { Bus = So101.Arm.Bus with { Echoes = true } };
        servos = EmulatedArm.Of(arm).Servos;
        return ArmBuses.Over(new InPieces(new MemoryLink("memory", new Echo(servos), arm.Bus.Baud), piece), arm, TimeProvider.System);
    }

    private sealed class Echo(IByteDevice inner) : IByteDevice
    {
        public void Receive(ReadOnlySpan<byte> bytes, IBufferWriter<byte> answers)
        {
            answers.Write(bytes);
            inner.Receive(bytes, answers);
        }
    }

    private sealed class Deaf : IByteDevice
    {
        public byte[] Says { private get; set; } = [];

        public void Receive(ReadOnlySpan<byte> bytes, IBufferWriter<byte> answers) => answers.Write(Says);
    }

    /// <summary>Gives so many bytes at a time.</summary>
    private sealed class InPieces(IByteLink inner, int most) : IByteLink
    {
        public string Name => inner.Name;

        public void Write(ReadOnlySpan<byte> bytes, TimeSpan within) => inner.Write(bytes, within);

        public int Read(Span<byte> buffer, TimeSpan within) => inner.Read(buffer[..Math.Min(buffer.Length, most)], within);

        public void DiscardInput() => inner.DiscardInput();

        public void Dispose() => inner.Dispose();
    }
}
