using System.Text;
using CsCheck;
using RobotWorker.Firmware.Board;

namespace RobotWorker.Tests.Firmware.Board;

public sealed class CobsTests
{
    // The examples of the paper and of its usual descriptions.
    [TestCase("00", "0101")]
    [TestCase("0000", "010101")]
    [TestCase("00110000", "0102110101")]
    [TestCase("11220033", "0311220233")]
    [TestCase("11223344", "0511223344")]
    [TestCase("11000000", "0211010101")]
    [TestCase("", "01")]
    public void Encode_KnownCases(string plain, string encoded)
    {
        var into = new byte[64];

        Assert.That(Convert.ToHexString(into.AsSpan(0, Cobs.Encode(Convert.FromHexString(plain), into))), Is.EqualTo(encoded));
    }

    [Test]
    public void EncodeAndDecode_AnyBytes_AreTheSameAgain_WithoutAZeroBetween() => Gen.Byte.Array[0, 1200].Sample(bytes =>
    {
        var encoded = new byte[Cobs.MostOf(bytes.Length)];
        var plain = new byte[bytes.Length + 2];
        var length = Cobs.Encode(bytes, encoded);
        var back = Cobs.Decode(encoded.AsSpan(0, length), plain);
        return !encoded.AsSpan(0, length).Contains((byte)0) && plain.AsSpan(0, back).SequenceEqual(bytes);
    });

    [Test]
    public void EncodeAndDecode_LongRunsWithoutAZero()
    {
        foreach (var length in new[] { 253, 254, 255, 508, 509 })
        {
            var bytes = Enumerable.Repeat((byte)7, length).ToArray();
            var encoded = new byte[Cobs.MostOf(length)];
            var plain = new byte[length + 2];

            Assert.That(plain[..Cobs.Decode(encoded.AsSpan(0, Cobs.Encode(bytes, encoded)), plain)], Is.EqualTo(bytes), $"{length}");
        }
    }

    [TestCase("0511")]
    [TestCase("00")]
    [TestCase("0211000511")]
    public void Decode_NoSuchFrame_IsRefused(string encoded) => Assert.That(Cobs.Decode(Convert.FromHexString(encoded), new byte[64]), Is.EqualTo(-1));

    [Test]
    public void Crc_CheckValue() => Assert.That(Crc16.CcittFalse(Encoding.ASCII.GetBytes("123456789")), Is.EqualTo(0x29B1));
}
