using System.Collections.Immutable;
using System.Text;
using RobotWorker.Diagnostics;
using RobotWorker.Ros.Codecs;
using RobotWorker.Ros.Graph;
using RobotWorker.Ros.Messages;
using RobotWorker.Ros.Messages.Rosapi;
using RobotWorker.Ros.Rosbridge;

namespace RobotWorker.Skills.Lines;

/// <summary>Looks around through a rosbridge server's rosapi.</summary>
internal sealed class RosbridgeTour(RosbridgeConnection ros) : GraphTour(ros)
{
    private RosDialect Dialect => ros.Dialect ?? RosDialect.Ros2;

    public override async Task<ImmutableArray<string>> ServicesAsync(CancellationToken cancel) =>
        [.. (await AskAsync(Services.Type, "/rosapi/services", new(), cancel)).Services.Order(StringComparer.Ordinal)];

    public override async Task<RobotWorker.Ros.Messages.ServiceType> TypeOfServiceAsync(string service, string? given, CancellationToken cancel)
    {
        var name = given ?? (await AskAsync(RobotWorker.Ros.Messages.Rosapi.ServiceType.Type, "/rosapi/service_type", new() { Service = service }, cancel)).Type;
        if (name.Length == 0) throw new GraphTourException($"there is no service {service}; {Nearest.Help(service, await ServicesAsync(cancel))}");
        if (RosTypes.Service(name) is { } known) return known;
        var request = await AskAsync(ServiceRequestDetails.Type, "/rosapi/service_request_details", new() { Type = name }, cancel);
        var response = await AskAsync(ServiceResponseDetails.Type, "/rosapi/service_response_details", new() { Type = name }, cancel);
        return new ServiceType<DynamicMessage, DynamicMessage>(
            RosTypes.Full(name, "srv"), Made(name + "_Request", request.Typedefs), Made(name + "_Response", response.Typedefs));
    }

    protected override async Task<MessageType> UnknownTypeAsync(string topic, string type, CancellationToken cancel) =>
        Made(type, (await AskAsync(MessageDetails.Type, "/rosapi/message_details", new() { Type = type }, cancel)).Typedefs);

    private MessageType<DynamicMessage> Made(string type, ImmutableArray<TypeDef> definitions)
    {
        try
        {
            return DynamicTypes.Message(type, RosapiDefinition.Text(definitions), Dialect);
        }
        catch (RosCodecException e)
        {
            throw new GraphTourException($"the definition of {type}, as rosapi tells it, cannot be used: {e.Message}");
        }
    }

    private async Task<TResponse> AskAsync<TRequest, TResponse>(ServiceType<TRequest, TResponse> type, string service, TRequest request, CancellationToken cancel)
        where TRequest : IRosMessage
        where TResponse : IRosMessage
    {
        try
        {
            return await ros.CallServiceAsync(type, service, request, Deadline, cancel);
        }
        catch (RosServiceException e)
        {
            throw new GraphTourException($"rosapi does not say: {e.Message}; start rosapi_node beside the rosbridge server");
        }
    }
}

/// <summary>A definition's text from what rosapi tells of a type: field names, field types, and array lengths (-1: none, 0: any).</summary>
internal static class RosapiDefinition
{
    private static readonly string Separator = new string('=', 80) + "\n";

    public static string Text(ImmutableArray<TypeDef> definitions)
    {
        var text = new StringBuilder();
        foreach (var (i, definition) in definitions.Index())
        {
            if (i > 0) text.Append(Separator).Append("MSG: ").Append(RosTypes.Short(definition.Type)).Append('\n');
            for (var f = 0; f < Math.Min(definition.Fieldnames.Length, definition.Fieldtypes.Length); f++)
            {
                var length = f < definition.Fieldarraylen.Length ? definition.Fieldarraylen[f] : -1;
                var array = length < 0 ? "" : length == 0 ? "[]" : $"[{length}]";
                text.Append(RosTypes.Short(definition.Fieldtypes[f])).Append(array).Append(' ').Append(definition.Fieldnames[f]).Append('\n');
            }
        }
        return text.ToString();
    }
}
