namespace RobotWorker.Firmware.Dynamixel;

/// <summary>A frame whose CRC is right, unstuffed. It points into the decoder's buffer: valid until the decoder is used again.</summary>
/// <param name="parameters">What follows the instruction; in an answer that begins with the error.</param>
public readonly ref struct DynamixelFrame(byte id, DynamixelInstruction instruction, ReadOnlySpan<byte> parameters)
{
    public byte Id { get; } = id;

    public DynamixelInstruction Instruction { get; } = instruction;

    public ReadOnlySpan<byte> Parameters { get; } = parameters;

    public bool IsStatus => Instruction == DynamixelInstruction.Status && Parameters.Length > 0;

    /// <summary>Of an answer: what went wrong.</summary>
    public DynamixelError Error => (DynamixelError)(Parameters[0] & 0x7F);

    /// <summary>Of an answer: the servo has a hardware error; its register 70 says which.</summary>
    public bool IsAlert => (Parameters[0] & 0x80) != 0;

    /// <summary>Of an answer: what was read.</summary>
    public ReadOnlySpan<byte> Data => Parameters[1..];
}
