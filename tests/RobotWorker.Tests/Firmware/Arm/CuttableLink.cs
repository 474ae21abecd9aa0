using RobotWorker.Firmware.Links;

namespace RobotWorker.Tests.Firmware.Arm;

/// <summary>A link to emulated servos whose cable can be pulled and plugged in again.</summary>
internal sealed class CuttableLink(IByteDevice device) : IByteLink
{
    private bool isOpen;
    private MemoryLink inner = new("memory", device, 1_000_000);

    public string Name => inner.Name;

    public bool IsCut { get; set; }

    /// <summary>So many writes from now on the cable is pulled by itself; null: it is not.</summary>
    public int? CutAfterWrites { get; set; }

    /// <exception cref="ByteLinkException">The cable is out.</exception>
    public void Open()
    {
        Check();
        if (isOpen) throw new ByteLinkException(ByteLinkFailure.Busy, "memory is in use: whoever opened it before has not closed it");
        isOpen = true;
        inner = new("memory", device, 1_000_000);
    }

    public void Write(ReadOnlySpan<byte> bytes, TimeSpan within)
    {
        if (CutAfterWrites is { } left)
        {
            CutAfterWrites = left > 0 ? left - 1 : null;
            IsCut |= left == 0;
        }
        Check();
        inner.Write(bytes, within);
    }

    public int Read(Span<byte> buffer, TimeSpan within)
    {
        Check();
        return inner.Read(buffer, within);
    }

    public void DiscardInput() => inner.DiscardInput();

    public void Dispose() => isOpen = false;

    private void Check()
    {
        if (IsCut) throw new ByteLinkException(ByteLinkFailure.Lost, "memory is gone: its cable was pulled");
    }
}
