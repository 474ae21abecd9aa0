using System.Collections.Immutable;
using RobotWorker.Ros.Codecs;
using RobotWorker.Ros.Graph;
using RobotWorker.Ros.Messages;
using RobotWorker.Ros.Messages.Rosapi;

namespace RobotWorker.Ros.Rosbridge.Server.Rosapi;

/// <summary>The node that tells what is on the graph, by services on the graph: what roslib's <c>getTopics</c> and its like ask.</summary>
internal sealed class RosapiNode : IDisposable
{
    private const string Node = "rosapi";

    private readonly InProcessGraph graph;
    private readonly TypeNames types;
    private readonly RosDialect dialect;
    private readonly IRosConnection ros;
    private readonly Parameters parameters = new();

    public RosapiNode(InProcessGraph graph, TypeNames types, RosDialect dialect)
    {
        (this.graph, this.types, this.dialect) = (graph, types, dialect);
        ros = graph.Connect(Node);
        OfferTopics();
        OfferServicesAndNodes();
        OfferTypes();
        OfferParameters();
        Offer<GetTime.Request, GetTime.Response>("get_time", _ => new()
        {
            Time = Messages.BuiltinInterfaces.Time.From(graph.Time.GetUtcNow() - DateTimeOffset.UnixEpoch),
        });
        if (dialect == RosDialect.Ros1) return;
        Offer<GetROSVersion.Request, GetROSVersion.Response>("get_ros_version", _ => new() { Version = 2, Distro = "robotworker" });
        Offer<GetActionServers.Request, GetActionServers.Response>("action_servers", _ => new()
        {
            ActionServers = [.. graph.Look().Actions.Where(action => action.Node is not null).Select(action => action.Name)],
        });
        Offer<Messages.Rosapi.ActionType.Request, Messages.Rosapi.ActionType.Response>("action_type", wish => new()
        {
            Type = graph.FindAction(Full(wish.Action))?.Type ?? "",
        });
    }

    public void Dispose() => ros.Dispose();

    private void OfferTopics()
    {
        Offer<Messages.Rosapi.Topics.Request, Messages.Rosapi.Topics.Response>("topics", _ =>
        {
            var topics = Shown();
            return new() { Topics = [.. topics.Select(topic => topic.Name)], Types = [.. topics.Select(topic => types.Told(topic.Type.Name))] };
        });
        Offer<TopicsAndRawTypes.Request, TopicsAndRawTypes.Response>("topics_and_raw_types", _ =>
        {
            var topics = Shown();
            return new()
            {
                Topics = [.. topics.Select(topic => topic.Name)],
                Types = [.. topics.Select(topic => types.Told(topic.Type.Name))],
                TypedefsFullText = [.. topics.Select(topic => dialect == RosDialect.Ros1 ? Ros1Definition.TextOf(topic.Type) : topic.Type.Definition)],
            };
        });
        Offer<TopicsForType.Request, TopicsForType.Response>("topics_for_type", wish => new()
        {
            Topics = [.. Shown().Where(topic => topic.Type.Name == RosTypes.Full(wish.Type, "msg") || types.Told(topic.Type.Name) == wish.Type).Select(topic => topic.Name)],
        });
        Offer<TopicType.Request, TopicType.Response>("topic_type", wish => new()
        {
            Type = graph.FindTopic(Full(wish.Topic)) is { } topic ? types.Told(topic.Type.Name) : "",
        });
        Offer<Publishers.Request, Publishers.Response>("publishers", wish => new() { Publishers = Named(graph.FindTopic(Full(wish.Topic))?.View.Publishers) });
        Offer<Subscribers.Request, Subscribers.Response>("subscribers", wish => new() { Subscribers = Named(graph.FindTopic(Full(wish.Topic))?.View.Subscribers) });
    }

    private void OfferServicesAndNodes()
    {
        Offer<Messages.Rosapi.Services.Request, Messages.Rosapi.Services.Response>("services", _ => new() { Services = [.. Offered().Select(service => service.Name)] });
        Offer<ServicesForType.Request, ServicesForType.Response>("services_for_type", wish => new()
        {
            Services = [.. Offered().Where(service => service.Type.Name == RosTypes.Full(wish.Type, "srv")).Select(service => service.Name)],
        });
        Offer<Messages.Rosapi.ServiceType.Request, Messages.Rosapi.ServiceType.Response>("service_type", wish => new()
        {
            Type = graph.FindService(Full(wish.Service)) is { } service ? types.Told(service.Type) : "",
        });
        Offer<ServiceNode.Request, ServiceNode.Response>("service_node", wish => new()
        {
            Node = graph.FindService(Full(wish.Service)) is { } service ? Full(service.Node) : "",
        });
        Offer<Nodes.Request, Nodes.Response>("nodes", _ =>
        {
            var there = graph.Look();
            return new()
            {
                Nodes = Named([.. there.Topics.SelectMany(topic => topic.Publishers.Concat(topic.Subscribers)), .. there.Services.Select(service => service.Node)]),
            };
        });
        Offer<NodeDetails.Request, NodeDetails.Response>("node_details", wish =>
        {
            var (there, node) = (graph.Look(), wish.Node.TrimStart('/'));
            return new()
            {
                Publishing = [.. there.Topics.Where(topic => topic.Publishers.Contains(node)).Select(topic => topic.Name)],
                Subscribing = [.. there.Topics.Where(topic => topic.Subscribers.Contains(node)).Select(topic => topic.Name)],
                Services = [.. there.Services.Where(service => service.Node == node).Select(service => service.Name)],
            };
        });
    }

    private void OfferTypes()
    {
        Offer<MessageDetails.Request, MessageDetails.Response>("message_details", wish => new() { Typedefs = Details(types.Message(wish.Type)) });
        Offer<ServiceRequestDetails.Request, ServiceRequestDetails.Response>("service_request_details", wish => new() { Typedefs = Details(Parts(wish.Type).Request) });
        Offer<ServiceResponseDetails.Request, ServiceResponseDetails.Response>("service_response_details", wish => new() { Typedefs = Details(Parts(wish.Type).Response) });
        if (dialect == RosDialect.Ros1) return;
        Offer<ActionGoalDetails.Request, ActionGoalDetails.Response>("action_goal_details", wish => new() { Typedefs = Details(ActionParts(wish.Type)[0]) });
        Offer<ActionResultDetails.Request, ActionResultDetails.Response>("action_result_details", wish => new() { Typedefs = Details(ActionParts(wish.Type)[1]) });
        Offer<ActionFeedbackDetails.Request, ActionFeedbackDetails.Response>("action_feedback_details", wish => new() { Typedefs = Details(ActionParts(wish.Type)[2]) });
    }

    private void OfferParameters()
    {
        Offer<GetParam.Request, GetParam.Response>("get_param", wish => new() { Value = parameters.Get(wish.Name, wish.DefaultValue) });
        Offer<SetParam.Request, SetParam.Response>("set_param", wish =>
        {
            parameters.Set(wish.Name, wish.Value);
            return new();
        });
        Offer<HasParam.Request, HasParam.Response>("has_param", wish => new() { Exists = parameters.Has(wish.Name) });
        Offer<DeleteParam.Request, DeleteParam.Response>("delete_param", wish =>
        {
            parameters.Delete(wish.Name);
            return new();
        });
        Offer<GetParamNames.Request, GetParamNames.Response>("get_param_names", _ => new() { Names = [.. parameters.Names] });
        Offer<SearchParam.Request, SearchParam.Response>("search_param", wish => new() { GlobalName = parameters.Has(wish.Name) ? Full(wish.Name) : "" });
    }

    /// <summary>A service whose refusals are answers of the wire, not mistakes of the program.</summary>
    private void Offer<TRequest, TResponse>(string name, Func<TRequest, TResponse> answer)
        where TRequest : IServiceRequest<TRequest, TResponse>
        where TResponse : IRosMessage<TResponse>
    {
        var full = "/rosapi/" + name;
        ros.AdvertiseService<TRequest, TResponse>(full, (request, _) =>
        {
            try
            {
                return Task.FromResult(answer(request));
            }
            catch (Exception refused) when (refused is RefusedException or RosCodecException)
            {
                return Task.FromException<TResponse>(new RosServiceException(full, ServiceFailure.Failed, refused.Message));
            }
        });
    }

    // What an action is made of is told as the action.
    private List<TopicView> Shown() => [.. graph.Look().Topics.Where(topic => dialect == RosDialect.Ros2 || !topic.Name.Contains("/_action/", StringComparison.Ordinal))];

    private IEnumerable<ServiceView> Offered() => graph.Look().Services.Where(service => dialect == RosDialect.Ros2 || !service.Name.Contains("/_action/", StringComparison.Ordinal));

    private ImmutableArray<TypeDef> Details(MessageType type) => TypeDetails.Of(type, dialect);

    private (MessageType Request, MessageType Response) Parts(string service) => types.Service(service).Accept(PartsOfService.Instance);

    private MessageType[] ActionParts(string action) => types.Action(action).Accept(PartsOfAction.Instance);

    private static ImmutableArray<string> Named(IEnumerable<string>? nodes) => [.. (nodes ?? []).Distinct().Order(StringComparer.Ordinal).Select(Full)];

    private static string Full(string name) => ClientSession.OnGraph(name);

    private sealed class PartsOfService : IServiceTypeVisitor<(MessageType, MessageType)>
    {
        public static readonly PartsOfService Instance = new();

        public (MessageType, MessageType) Visit<TRequest, TResponse>(ServiceType<TRequest, TResponse> type)
            where TRequest : IRosMessage
            where TResponse : IRosMessage =>
            (type.Request, type.Response);
    }

    private sealed class PartsOfAction : IActionTypeVisitor<MessageType[]>
    {
        public static readonly PartsOfAction Instance = new();

        public MessageType[] Visit<TGoal, TResult, TFeedback>(ActionType<TGoal, TResult, TFeedback> type)
            where TGoal : IRosMessage
            where TResult : IRosMessage
            where TFeedback : IRosMessage =>
            [type.Goal, type.Result, type.Feedback];
    }
}
