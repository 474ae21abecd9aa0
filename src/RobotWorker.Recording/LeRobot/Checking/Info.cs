using System.Collections.Immutable;

namespace RobotWorker.Recording.LeRobot.Checking;

/// <summary>What meta/info.json says, as far as it could be understood.</summary>
/// <param name="Keys">Of all features, those too that could not be understood.</param>
internal sealed record Info(int Fps, ImmutableArray<Feature> Features, ImmutableArray<string> Keys, long? Episodes, long? Frames, long? Tasks)
{
    public IEnumerable<Feature> Cameras => Features.Where(f => f.IsVideo);

    public IEnumerable<Feature> Columns => Features.Where(f => !f.IsVideo);

    /// <summary>Whether a column of the data, or an entry of the statistics, may be called so.</summary>
    public bool Knows(string key) => Keys.Contains(key);

    public Feature? Column(string key) => Features.FirstOrDefault(f => f.Key == key && !f.IsVideo);

    /// <summary>The totals against what is there; null is what could not be counted.</summary>
    public void CheckTotals(long? episodes, long? frames, long? tasks, Findings findings)
    {
        Compare("total_episodes", Episodes, episodes, "rows of meta/episodes");
        Compare("total_frames", Frames, frames, "rows of the data");
        Compare("total_tasks", Tasks, tasks, "rows of meta/tasks.parquet");

        void Compare(string field, long? said, long? counted, string what)
        {
            if (said is not null && counted is not null && said != counted) findings.Error(DatasetFiles.Info, field, $"is {said}, must be {counted}: the {what}");
        }
    }
}
