using System.Buffers.Binary;
using RobotWorker.Ros.Ros1;

namespace RobotWorker.Tests.Ros.Ros1;

[TestFixture]
public sealed class TcpRosHeaderTests
{
    [Test]
    public void Read_WhatWasWritten_IsEqual()
    {
        var bytes = TcpRosHeader.Write(("callerid", "/robot"), ("message_definition", "string data\nint32 a=7\n"), ("empty", ""));

        var fields = TcpRosHeader.Read(bytes.AsSpan(4));

        Assert.That(BinaryPrimitives.ReadInt32LittleEndian(bytes), Is.EqualTo(bytes.Length - 4));
        Assert.That(fields["callerid"], Is.EqualTo("/robot"));
        Assert.That(fields["message_definition"], Is.EqualTo("string data\nint32 a=7\n"), "only the first '=' ends the name");
        Assert.That(fields["empty"], Is.Empty);
    }

    [TestCase(new byte[] { 1, 0 })]
    [TestCase(new byte[] { 5, 0, 0, 0, (byte)'a', (byte)'=' })]
    [TestCase(new byte[] { 0xFF, 0xFF, 0xFF, 0xFF, (byte)'a', (byte)'=' })]
    [TestCase(new byte[] { 2, 0, 0, 0, (byte)'a', (byte)'b' })]
    public void Read_Nonsense_IsNamed(byte[] bytes) => Assert.That(() => TcpRosHeader.Read(bytes), Throws.TypeOf<Ros1Exception>());
}
