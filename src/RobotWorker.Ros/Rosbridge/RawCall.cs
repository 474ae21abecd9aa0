using System.Text.Json;
using RobotWorker.Ros.Codecs;
using RobotWorker.Ros.Rosbridge.Protocol;

namespace RobotWorker.Ros.Rosbridge;

/// <summary>A question to the server's rosapi, whose answers are read as they come: their types differ between servers.</summary>
internal sealed class RawCall : OpTarget, ISpoken
{
    private readonly TaskCompletionSource<JsonElement?> completion = new();
    private readonly RosbridgeLink link;
    private readonly string id;
    private readonly ITimer timer;

    private RawCall(RosbridgeLink link, string service)
    {
        this.link = link;
        id = link.NextId("rosapi");
        timer = link.Time.CreateTimer(_ => End(null), null, link.Options.RosapiDeadline, Timeout.InfiniteTimeSpan);
        link.Targets.Calls[id] = this;
        link.Add(this);
        if (!link.Command(link.Op("call_service").Text("id", id).Text("service", service).Raw("args", "{}"u8).Take(), service)) link.Later(() => End(null));
    }

    /// <summary>The values of the answer; null when it is none, an error, or late.</summary>
    public static Task<JsonElement?> AskAsync(RosbridgeLink link, string service) => new RawCall(link, service).completion.Task;

    public override object? Decode(in JsonOp op, RosDialect dialect)
    {
        if (!EnvelopeText.Truth(op.Result, otherwise: true) || op.Values.IsEmpty || op.Values[0] != '{') return null;
        try
        {
            var reader = new Utf8JsonReader(op.Values);
            return JsonElement.ParseValue(ref reader);
        }
        catch (JsonException wrong)
        {
            throw RosCodecException.At("values", 0, wrong.Message);
        }
    }

    public override void Deliver(object? message) => End(message as JsonElement?);

    void ISpoken.Say()
    {
    }

    void ISpoken.Lost(string why) => End(null);

    private void End(JsonElement? answer)
    {
        if (completion.Task.IsCompleted) return;
        timer.Dispose();
        link.Remove(this);
        link.Targets.Calls.TryRemove(id, out _);
        completion.SetResult(answer);
    }
}
