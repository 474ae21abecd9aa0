using System.Text;

namespace RobotWorker.Recording;

/// <summary>What the messages of <see cref="EpisodeRecorder.EventTopic"/> look like: an object with the event's kind and its own fields.</summary>
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
            "kind": {"type": "string", "description": "What happened, such as AttemptEnded."},
            "step": {"type": "string", "description": "The path of the step that it is about, where there is one."}
          },
          "required": ["kind"]
        }
        """;

    internal static byte[] Utf8 { get; } = Encoding.UTF8.GetBytes(Json);
}
