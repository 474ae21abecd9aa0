using System.Text;
using RobotWorker.Episodes;

namespace RobotWorker.Recording;

/// <summary>
/// What the messages of <see cref="EpisodeRecorder.EventTopic"/> look like. The fields of each kind are those that <see cref="EventJson"/> writes;
/// the schema names what all have in common.
/// </summary>
public static class EventSchema
{
    /// <summary>The JSON Schema.</summary>
    public const string Json = """
        {
          "$schema": "https://json-schema.org/draft/2020-12/schema",
          "title": "robotworker.Event",
          "description": "One event that the executor's core consumed, in the order of the journal.",
          "type": "object",
          "properties": {
            "$type": {"type": "string", "description": "What happened, such as attempt_ended."},
            "at": {"type": "string", "description": "Watchdog time since the episode began, as [d.]hh:mm:ss[.fffffff]."},
            "now": {
              "type": "object",
              "description": "The robot's clock when it happened.",
              "properties": {"nanoseconds": {"type": "integer"}}
            }
          },
          "required": ["$type", "at", "now"]
        }
        """;

    internal static byte[] Utf8 { get; } = Encoding.UTF8.GetBytes(Json);
}
