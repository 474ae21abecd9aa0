using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using RobotWorker.Diagnostics;
using RobotWorker.Episodes;
using RobotWorker.Execution.Core;
using RobotWorker.Plans;
using RobotWorker.Recording;
using RobotWorker.Recording.Mcap;
using RobotWorker.Ros.Codecs;
using RobotWorker.Skills.Profile;
using RobotWorker.Time;
using RobotWorker.World;

namespace RobotWorker.Generation.Parity;

/// <summary>Reads a recording of an episode as a comparison needs it.</summary>
public static class RecordedRunReader
{
    /// <param name="names">The robot's topics.</param>
    /// <param name="frames">Its frames: the end effector is looked for as the tool in the map.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="InvalidDataException">It is no recording of an episode that ended, or of one that an older build recorded.</exception>
    public static RecordedRun Read(string file, RosNames names, FrameNames frames)
    {
        var recording = McapReader.Read(file);
        try
        {
            return Of(recording, names, frames);
        }
        catch (Exception e) when (e is JsonException or RosCodecException)
        {
            throw new InvalidDataException($"what it holds cannot be read: {e.Message}", e);
        }
    }

    private static RecordedRun Of(McapRecording recording, RosNames names, FrameNames frames)
    {
        var report = recording.Attachments.FirstOrDefault(a => a.Name == "report.json") is { Name: not null } attached
            ? ReportJson.Read(Encoding.UTF8.GetString(attached.Data.Span))
            : throw new InvalidDataException("it holds no report: it is no recording of an episode, or of one whose process was killed; give one that came to its end");
        var phases = new PhaseCollector();
        var (began, ended) = (default(RobotTime?), default(RobotTime));
        foreach (var message in recording.Messages)
        {
            var at = new RobotTime(message.LogTime);
            switch (recording.Channels[message.Channel].Topic)
            {
                case EpisodeRecorder.EventTopic:
                    phases.Take(EventJson.Read(Encoding.UTF8.GetString(message.Data.Span)), at);
                    began ??= at;
                    ended = at;
                    break;
                case EpisodeRecorder.StepTopic:
                    phases.Take(StepJson.Read(Encoding.UTF8.GetString(message.Data.Span)), at);
                    break;
                default:
                    break;    // the robot's own topics are read below
            }
        }
        if (phases.Phases.IsEmpty && report.Steps.Any(s => s.Attempts > 0))
            throw new InvalidDataException($"it holds no steps on {EpisodeRecorder.StepTopic}: an older build recorded it; run the plan again");
        var about = recording.Metadata.FirstOrDefault(m => m.Name == "robotworker")?.Values ?? ImmutableSortedDictionary<string, string>.Empty;
        var goal = GoalOf(recording);
        return new(
            report.Plan, about.GetValueOrDefault("robot", "?"), about.GetValueOrDefault("backend", "?"), ulong.TryParse(about.GetValueOrDefault("seed"), CultureInfo.InvariantCulture, out var seed) ? seed : 0,
            report.Outcome, report.Reason, report.GoalMet, began is { } first ? (ended - first).TotalSeconds : 0, phases.Phases, ToolPathReader.Read(recording, names, frames),
            goal is null ? null : phases.World.Evaluate(goal, ended), phases.TruthsAt(ended), [.. phases.Latencies, .. MessageAges.In(recording, names)])
        {
            Faults = [.. report.Faults.Select(f => f.Code)], Notices = recording.Notices,
        };
    }

    /// <summary>The plan is the first document of an episode; plans that it calls stand beside it.</summary>
    private static Condition? GoalOf(McapRecording recording)
    {
        var texts = recording.Attachments.Where(a => a.MediaType == "application/yaml").Select(a => (a.Name, Text: Encoding.UTF8.GetString(a.Data.Span))).ToList();
        return texts.Count == 0 ? null : PlanReader.Read(texts[0].Text, texts[0].Name, new(), path => texts.FirstOrDefault(t => t.Name == Path.GetFileName(path)).Text)?.Goal;
    }
}
