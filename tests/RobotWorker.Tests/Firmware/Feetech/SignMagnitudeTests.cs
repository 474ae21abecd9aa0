using CsCheck;
using RobotWorker.Firmware.Feetech;
using RobotWorker.Firmware.Servos;

namespace RobotWorker.Tests.Firmware.Feetech;

public sealed class SignMagnitudeTests
{
    [TestCase(-1000, 15, 0x83E8u)]
    [TestCase(1000, 15, 0x03E8u)]
    [TestCase(-5, 11, 0x0805u)]
    [TestCase(-100, 10, 0x0464u)]
    public void Encode_SetsTheSignBit(int value, int signBit, uint raw)
    {
        Assert.That(SignMagnitude.Encode(value, signBit), Is.EqualTo(raw));
        Assert.That(SignMagnitude.Decode(raw, signBit), Is.EqualTo(value));
    }

    [Test]
    public void Decode_OfMinusNothing_IsNothing() => Assert.That(SignMagnitude.Decode(0x8000, 15), Is.Zero);

    [Test]
    public void EveryRegister_ReadsWhatItWrote() => Gen.Select(Gen.Int[0, StsRegisters.Table.All.Length - 1], Gen.Int[-40000, 70000]).Sample((index, value) =>
    {
        var register = StsRegisters.Table.All[index];
        Span<byte> bytes = stackalloc byte[4];
        try
        {
            register.Encode(value, bytes);
        }
        catch (ArgumentOutOfRangeException)
        {
            return true;
        }

        return register.Decode(bytes) == value;
    });
}
