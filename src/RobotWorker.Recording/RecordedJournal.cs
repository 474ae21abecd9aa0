using RobotWorker.Episodes;
using RobotWorker.Execution.Core;

namespace RobotWorker.Recording;

/// <summary>A journal whose events are also written into the episode's recording, after they are kept.</summary>
/// <param name="kept">The journal that counts: durability is its business.</param>
public sealed class RecordedJournal(IJournal kept, EpisodeRecorder recorder) : IJournal
{
    public void Append(Event happened)
    {
        kept.Append(happened);
        recorder.Happened(happened);
    }

    public void Sync() => kept.Sync();
}
