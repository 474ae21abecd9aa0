using System.Text.Json;
using System.Text.Json.Serialization;

namespace RobotWorker.Generation.Lines;

/// <summary>What another process asks of a worker that runs an episode.</summary>
public enum ControlVerb
{
    /// <summary>Cancel what runs, stand still, and stay so.</summary>
    Pause,

    /// <summary>Look, and go on from what is seen.</summary>
    Unpause,

    /// <summary>Stop the robot and end the episode.</summary>
    Stop,

    /// <summary>Change the operating mode.</summary>
    Mode,

    /// <summary>Answer the question that is open.</summary>
    Answer,

    /// <summary>Replace the plan by a newer revision.</summary>
    Revise,
}

/// <summary>A request to the process that runs an episode, and where it listens.</summary>
/// <param name="Text">The mode's word, the answer, or the plan as a line of JSON; else null.</param>
public sealed record ControlRequest(ControlVerb Verb, string? Text = null)
{
    private static readonly JsonSerializerOptions Options = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, RespectRequiredConstructorParameters = true, Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) } };

    /// <summary>The socket of the worker that writes a journal: beside it.</summary>
    public static string SocketOf(string journal) => Path.GetFullPath(journal) + ".sock";

    /// <summary>One line, without its end.</summary>
    public string Write() => JsonSerializer.Serialize(this, Options);

    /// <exception cref="JsonException">It is no request.</exception>
    public static ControlRequest Read(string line) => JsonSerializer.Deserialize<ControlRequest>(line, Options) ?? throw new JsonException("no request");
}

/// <param name="Refused">Why it was not done, or null.</param>
public sealed record ControlReply(string? Refused)
{
    public string Write() => JsonSerializer.Serialize(this);

    /// <exception cref="JsonException">It is no reply.</exception>
    public static ControlReply Read(string line) => JsonSerializer.Deserialize<ControlReply>(line) ?? throw new JsonException("no reply");
}
