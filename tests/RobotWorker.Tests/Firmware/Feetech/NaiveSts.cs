using RobotWorker.Firmware.Feetech;

namespace RobotWorker.Tests.Firmware.Feetech;

/// <summary>The second parser: all bytes are there, it looks at each place anew, and nothing in it is shared with the decoder.</summary>
internal static class NaiveSts
{
    /// <summary>The frames of a stream that ended, each as its bytes.</summary>
    /// <param name="isSilent">Whether what is begun and not ended is stepped over; else nothing behind it is looked at.</param>
    public static IEnumerable<ArraySegment<byte>> Frames(byte[] stream, int count, bool isSilent)
    {
        var at = 0;
        while (at < count)
        {
            if (stream[at] != 0xFF)
            {
                at++;
                continue;
            }

            var left = count - at;
            if (left < 2)
            {
                yield break;
            }

            if (stream[at + 1] != 0xFF)
            {
                at++;
                continue;
            }

            if (left >= 4 && (stream[at + 2] == 0xFF || stream[at + 3] < 2))
            {
                at++;
                continue;
            }

            if (left < 4 || left < 4 + stream[at + 3])
            {
                if (!isSilent) yield break;
                at++;
                continue;
            }

            var whole = 4 + stream[at + 3];
            var sum = 0;
            for (var i = at + 2; i < at + whole; i++) sum += stream[i];
            if ((sum & 0xFF) != 0xFF)
            {
                at++;
                continue;
            }

            // A longer frame than LEN can say is impossible here; the decoder's default takes them all.
            if (whole > StsWire.LongestFrame) throw new InvalidOperationException();
            yield return new ArraySegment<byte>(stream, at, whole);
            at += whole;
        }
    }
}
