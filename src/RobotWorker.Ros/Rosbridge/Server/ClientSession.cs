using RobotWorker.Ros.Codecs;
using RobotWorker.Ros.Graph;
using RobotWorker.Ros.Rosbridge.Server.Actions;
using RobotWorker.Ros.Rosbridge.Server.Ops;
using RobotWorker.Ros.Rosbridge.Server.Services;
using RobotWorker.Ros.Rosbridge.Server.Topics;
using RobotWorker.Ros.Rosbridge.Server.Wire;

namespace RobotWorker.Ros.Rosbridge.Server;

/// <summary>One client on the loop: a node on the graph, and each of its operations done or refused with a reason.</summary>
internal sealed class ClientSession : IClientOps, IDisposable
{
    private static readonly string[] Levels = ["info", "warning", "error", "none"];

    private readonly ClientSocket socket;
    private readonly ClientTopics topics;
    private readonly ClientServices services;
    private readonly ClientActions actions;
    private int level = 1;    // warnings: lost messages are told to whoever did not ask

    public ClientSession(RosbridgeServer server, ClientSocket socket, string node, int number)
    {
        this.socket = socket;
        Server = server;
        Number = number;
        Ros = server.Graph.Connect(node);
        Client = new(socket, node, server.Graph.Time.GetUtcNow());
        topics = new(this);
        services = new(this);
        actions = new(this);
    }

    public RosbridgeServer Server { get; }

    public IRosConnection Ros { get; }

    public RosbridgeClient Client { get; }

    /// <summary>The how-many-eth client it is, from 1.</summary>
    public int Number { get; }

    public RosDialect Dialect => Server.Options.Dialect;

    public Outbox Outbox => socket.Outbox;

    public void Take(List<ClientOp> ops)
    {
        Client.LastHeard = Ros.Time.GetUtcNow();
        foreach (var op in ops)
        {
            Client.Operations++;
            Client.HasCommanded |= op is Publish or CallService or SendActionGoal or CancelActionGoal;
            try
            {
                Do(op);
            }
            catch (Exception refused) when (refused is RefusedException or RosGraphException or RosCodecException)
            {
                Tell(op.Id, "error", $"{NameOf(op)}: {refused.Message}");
            }
        }
    }

    /// <summary>A name as the graph knows it. Clients may give relative ones (roslib: <c>rosapi/topics</c>); what they hear of it bears the name that they gave.</summary>
    public static string OnGraph(string name) => name.StartsWith('/') ? name : "/" + name;

    /// <summary>Sends an answer.</summary>
    public void Send(byte[] frame, int fragmentSize = 0) => Outbox.Send(new(frame, FragmentSize: fragmentSize));

    /// <summary>Tells how something went, where the client wants to hear of this level.</summary>
    public void Tell(OpId id, string severity, string text)
    {
        if (Array.IndexOf(Levels, severity) >= level) Send(Frames.Status(id, severity, text));
    }

    public void LetGo(CloseReason reason) => Outbox.Close(reason);

    /// <summary>Refuses what would cost more memory than one client may have.</summary>
    public void CheckRoom(int held, string what)
    {
        if (held >= Server.Options.MostHeld) throw new RefusedException($"this client has {held} {what} already; more are not allowed");
    }

    public void Dispose()
    {
        actions.Dispose();
        Ros.Dispose();
        topics.Dispose();
    }

    private void Do(ClientOp op)
    {
        switch (op)
        {
            case Publish publish: topics.Publish(publish); break;
            case Advertise advertise: topics.Advertise(advertise); break;
            case Unadvertise unadvertise: topics.Unadvertise(unadvertise); break;
            case Subscribe subscribe: topics.Subscribe(subscribe); break;
            case Unsubscribe unsubscribe: topics.Unsubscribe(unsubscribe); break;
            case CallService call: services.Call(call); break;
            case ServiceResponse response: services.Respond(response); break;
            case AdvertiseService advertise: services.Advertise(advertise); break;
            case UnadvertiseService unadvertise: services.Unadvertise(unadvertise); break;
            case SendActionGoal goal: actions.Send(goal); break;
            case CancelActionGoal cancel: actions.Cancel(cancel); break;
            case AdvertiseAction advertise: actions.Advertise(advertise); break;
            case UnadvertiseAction unadvertise: actions.Unadvertise(unadvertise); break;
            case ActionFeedback feedback: actions.Feedback(feedback); break;
            case ActionResult result: actions.Result(result); break;
            case SetLevel set: SetLevel(set); break;
            case ToldStatus: break;
            case BadOp bad:
                Tell(bad.Id, "error", bad.Problem);
                break;
            case FatalOp fatal:
                Tell(OpId.None, "error", fatal.Problem);
                LetGo(fatal.Reason);
                break;
            default:
                throw new InvalidOperationException($"the operation {op.GetType().Name} is not handled");
        }
    }

    private void SetLevel(SetLevel set)
    {
        var wanted = Array.IndexOf(Levels, set.Level);
        if (wanted < 0) throw new RefusedException(NameHelp.Of("no such level", set.Level, Levels));
        level = wanted;
    }

    private static string NameOf(ClientOp op) => string.Concat(op.GetType().Name.Select((c, i) => char.IsUpper(c) && i > 0 ? $"_{char.ToLowerInvariant(c)}" : $"{char.ToLowerInvariant(c)}"));
}
