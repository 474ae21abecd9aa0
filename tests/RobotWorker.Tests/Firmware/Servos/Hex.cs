namespace RobotWorker.Tests.Firmware.Servos;

/// <summary>Bytes as the spec writes them.</summary>
internal static class Hex
{
    public static byte[] Bytes(string text) => Convert.FromHexString(text.Replace(" ", ""));

    public static string Text(ReadOnlySpan<byte> bytes) => string.Join(' ', bytes.ToArray().Select(part => part.ToString("X2")));
}
