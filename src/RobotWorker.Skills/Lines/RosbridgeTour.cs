using System.Collections.Immutable;
using RobotWorker.Diagnostics;
using RobotWorker.Ros.Codecs;
using RobotWorker.Ros.Graph;
using RobotWorker.Ros.Messages;
using RobotWorker.Ros.Messages.Rosapi;
using RobotWorker.Ros.Rosbridge;

namespace RobotWorker.Skills.Lines;

/// <summary>Looks around through a rosbridge server's rosapi.</summary>
internal sealed class RosbridgeTour(RosbridgeConnection ros, DefinitionFiles files) : GraphTour(ros, files)
{
    public override async Task<ImmutableArray<string>> ServicesAsync(CancellationToken cancel) =>
        [.. (await AskAsync(Services.Type, "/rosapi/services", new(), cancel)).Services.Order(StringComparer.Ordinal)];

    public override async Task<RobotWorker.Ros.Messages.ServiceType> TypeOfServiceAsync(string service, string? given, CancellationToken cancel)
    {
        var name = given ?? (await AskAsync(RobotWorker.Ros.Messages.Rosapi.ServiceType.Type, "/rosapi/service_type", new() { Service = service }, cancel)).Type;
        if (name.Length == 0) throw new GraphTourException($"there is no service {service}; {Nearest.Help(service, await ServicesAsync(cancel))}");
        return RosTypes.Service(name) ?? await GraphOrFilesAsync<RobotWorker.Ros.Messages.ServiceType>(() => UnknownServiceAsync(name, cancel), () => Files.Service(name, Dialect));
    }

    protected override async Task<MessageType> UnknownTypeAsync(string topic, string type, CancellationToken cancel)
    {
        var told = await DetailsAsync(type, cancel);
        return Made(type, () => DynamicTypes.Message(type, told, Dialect));
    }

    protected override async Task<RobotWorker.Ros.Messages.ActionType> UnknownActionAsync(string action, string type, CancellationToken cancel)
    {
        ImmutableArray<TypeDef> goal, result, feedback;
        if (Dialect == RosDialect.Ros1)
        {
            (goal, result, feedback) = (await PartAsync(type, "Goal", cancel), await PartAsync(type, "Result", cancel), await PartAsync(type, "Feedback", cancel));
        }
        else
        {
            goal = (await AskAsync(ActionGoalDetails.Type, "/rosapi/action_goal_details", new() { Type = type }, cancel, type)).Typedefs;
            result = (await AskAsync(ActionResultDetails.Type, "/rosapi/action_result_details", new() { Type = type }, cancel, type)).Typedefs;
            feedback = (await AskAsync(ActionFeedbackDetails.Type, "/rosapi/action_feedback_details", new() { Type = type }, cancel, type)).Typedefs;
        }
        return Made(type, () => DynamicTypes.Action(type, goal, result, feedback, Dialect));
    }

    private async Task<RobotWorker.Ros.Messages.ServiceType> UnknownServiceAsync(string type, CancellationToken cancel)
    {
        var name = Dialect == RosDialect.Ros1 ? RosTypes.Short(type) : type;
        var request = await AskAsync(ServiceRequestDetails.Type, "/rosapi/service_request_details", new() { Type = name }, cancel, name);
        var response = await AskAsync(ServiceResponseDetails.Type, "/rosapi/service_response_details", new() { Type = name }, cancel, name);
        return Made(type, () => DynamicTypes.Service(type, request.Typedefs, response.Typedefs, Dialect));
    }

    /// <summary>ROS 1 knows actions as messages alone: a goal is what <c>XActionGoal</c> nests.</summary>
    private async Task<ImmutableArray<TypeDef>> PartAsync(string action, string part, CancellationToken cancel)
    {
        var name = RosTypes.Short(action);
        var whole = await DetailsAsync($"{name}Action{part}", cancel);
        return [.. whole.OrderBy(told => told.Type == name + part ? 0 : 1)];
    }

    private async Task<ImmutableArray<TypeDef>> DetailsAsync(string type, CancellationToken cancel)
    {
        var name = Dialect == RosDialect.Ros1 ? Ros1Definition.NameOf(type) : type;
        return (await AskAsync(MessageDetails.Type, "/rosapi/message_details", new() { Type = name }, cancel, name)).Typedefs;
    }

    private T Made<T>(string type, Func<T> make)
    {
        try
        {
            return make();
        }
        catch (RosCodecException e)
        {
            throw new GraphTourException($"the definition of {type}, as rosapi tells it, cannot be used: {e.Message}; {GiveFiles}");
        }
    }

    private async Task<TResponse> AskAsync<TRequest, TResponse>(ServiceType<TRequest, TResponse> type, string service, TRequest request, CancellationToken cancel, string? asked = null)
        where TRequest : IRosMessage
        where TResponse : IRosMessage
    {
        try
        {
            return await ros.CallServiceAsync(type, service, request, Deadline, cancel);
        }
        catch (RosServiceException e)
        {
            throw new GraphTourException(asked is null
                ? $"rosapi does not say: {e.Message}; start rosapi_node beside the rosbridge server"
                : $"{asked} is not compiled in, and rosapi does not say how it is made: {e.Message}; start rosapi_node beside the rosbridge server, or {GiveFiles}");
        }
    }
}
