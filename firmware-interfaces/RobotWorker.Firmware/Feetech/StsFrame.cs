namespace RobotWorker.Firmware.Feetech;

/// <summary>A frame whose checksum is right. It points into the decoder's buffer: valid until the decoder is used again.</summary>
/// <param name="code">The instruction, or in an answer the error bits.</param>
public readonly ref struct StsFrame(byte id, byte code, ReadOnlySpan<byte> parameters)
{
    public byte Id { get; } = id;

    public StsInstruction Instruction => (StsInstruction)Code;

    public byte Code { get; } = code;

    public ReadOnlySpan<byte> Parameters { get; } = parameters;
}
