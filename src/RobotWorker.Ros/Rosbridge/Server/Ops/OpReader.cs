namespace RobotWorker.Ros.Rosbridge.Server.Ops;

/// <summary>The operations that a client may send, each with the fields that it has.</summary>
internal static class OpReader
{
    private static readonly string[] Names =
    [
        "action_feedback", "action_result", "advertise", "advertise_action", "advertise_service", "call_service", "cancel_action_goal", "fragment",
        "publish", "send_action_goal", "service_response", "set_level", "status", "subscribe", "unadvertise", "unadvertise_action", "unadvertise_service", "unsubscribe",
    ];

    /// <exception cref="OpException">There is no such operation, or a field is missing or wrong.</exception>
    public static ClientOp Read(string op, OpId id, OpFields f) => op switch
    {
        "publish" => new Publish(id, f.Required("topic"), f.Text("type"), f.Message("msg")),
        "advertise" => new Advertise(id, f.Required("topic"), f.Required("type"), f.Flag("latch"), f.Count("queue_size", 100)),
        "unadvertise" => new Unadvertise(id, f.Required("topic")),
        "subscribe" => new Subscribe(
            id, f.Required("topic"), f.Text("type"), f.Count("throttle_rate"), f.Count("queue_length"), FragmentSize(f), CompressionOf(f)),
        "unsubscribe" => new Unsubscribe(id, f.Required("topic")),
        "call_service" => new CallService(id, f.Required("service"), f.Message("args"), FragmentSize(f), CompressionOf(f), f.Number("timeout")),
        "service_response" => new ServiceResponse(id, f.Required("service"), f.Flag("result", true), f.Message("values")),
        "advertise_service" => new AdvertiseService(id, f.Required("service"), f.Required("type")),
        "unadvertise_service" => new UnadvertiseService(id, f.Required("service")),
        "send_action_goal" => new SendActionGoal(
            id, f.Required("action"), f.Text("action_type"), f.Message("args"), f.Flag("feedback"), FragmentSize(f), CompressionOf(f)),
        "cancel_action_goal" => new CancelActionGoal(id, f.Required("action")),
        "advertise_action" => new AdvertiseAction(id, f.Required("action"), f.Required("type")),
        "unadvertise_action" => new UnadvertiseAction(id, f.Required("action")),
        "action_feedback" => new ActionFeedback(id, f.Required("action"), f.Message("values")),
        "action_result" => new ActionResult(id, f.Required("action"), f.Flag("result", true), f.Count("status"), f.Message("values")),
        "set_level" => new SetLevel(id, f.Required("level")),
        "status" => new ToldStatus(id),
        _ => throw new OpException(NameHelp.Of("no such operation", op, Names)),
    };

    private static int FragmentSize(OpFields f)
    {
        var size = f.Count("fragment_size");
        return size == 0 ? 0 : Math.Max(size, FragmentCutter.LeastSize);
    }

    private static Compression CompressionOf(OpFields f) => f.Text("compression") switch
    {
        null or "" or "none" => Compression.None,
        "png" => Compression.Png,
        "cbor" => Compression.Cbor,
        "cbor-raw" => Compression.CborRaw,
        var other => throw new OpException(NameHelp.Of("no such compression", other, ["none", "png", "cbor", "cbor-raw"])),
    };
}
