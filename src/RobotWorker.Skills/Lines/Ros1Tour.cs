using System.Collections.Immutable;
using RobotWorker.Diagnostics;
using RobotWorker.Ros.Graph;
using RobotWorker.Ros.Messages;
using RobotWorker.Ros.Ros1;

namespace RobotWorker.Skills.Lines;

/// <summary>Looks around on a ROS 1 graph: its master tells names, a publisher's connection header tells a type.</summary>
internal sealed class Ros1Tour(Ros1Node ros) : GraphTour(ros)
{
    public override async Task<ImmutableArray<string>> ServicesAsync(CancellationToken cancel)
    {
        try
        {
            return [.. (await ros.SystemStateAsync(cancel)).Services.Keys];
        }
        catch (Ros1Exception e)
        {
            throw new GraphTourException(e.Message);
        }
    }

    public override async Task<ServiceType> TypeOfServiceAsync(string service, string? given, CancellationToken cancel)
    {
        var services = await ServicesAsync(cancel);
        if (!services.Contains(service)) throw new GraphTourException($"there is no service {service}; {Nearest.Help(service, services)}");
        try
        {
            var name = given ?? (await ros.TypeOfServiceAsync(service, cancel)).Type;
            return RosTypes.Service(name) ?? throw new GraphTourException($"{service} is of type {name}, which is not compiled in, and ROS 1 does not tell how a service's type is made");
        }
        catch (Ros1Exception e)
        {
            throw new GraphTourException(e.Message);
        }
    }

    protected override async Task<MessageType> UnknownTypeAsync(string topic, string type, CancellationToken cancel)
    {
        try
        {
            return await ros.TypeOfAsync(topic, cancel);
        }
        catch (Ros1Exception e)
        {
            throw new GraphTourException(e.Message);
        }
    }
}
