using System.Collections.Immutable;
using RobotWorker.Diagnostics;
using RobotWorker.Ros.Codecs;
using RobotWorker.Ros.Messages;
using RobotWorker.Ros.Ros1;

namespace RobotWorker.Skills.Lines;

/// <summary>Looks around on a ROS 1 graph: its master tells names, the header of a connection tells a message's type. How a service's type is made nobody tells.</summary>
internal sealed class Ros1Tour(Ros1Node ros, DefinitionFiles files) : GraphTour(ros, files)
{
    protected override bool TellsVersions => true;

    public override async Task<ImmutableArray<string>> ServicesAsync(CancellationToken cancel) =>
        [.. (await AskAsync(() => ros.SystemStateAsync(cancel))).Services.Keys];

    public override async Task<ServiceType> TypeOfServiceAsync(string service, string? given, CancellationToken cancel)
    {
        var services = await ServicesAsync(cancel);
        if (!services.Contains(service)) throw new GraphTourException($"there is no service {service}; {Nearest.Help(service, services)}");
        var (name, md5) = given is null ? await AskAsync(() => ros.TypeOfServiceAsync(service, cancel)) : (given, "*");
        if (RosTypes.Service(name) is { } known && IsSame(known, md5)) return known;
        var found = FromFiles(() => Files.Service(name, RosDialect.Ros1))
            ?? throw new GraphTourException($"{service} is of type {name}, which is not compiled in as it is there, and ROS 1 does not tell how a service's type is made; {GiveFiles}");
        return IsSame(found, md5)
            ? found
            : throw new GraphTourException($"{service} is of type {name} with md5sum {md5}, and its file in {Files} has {Ros1Definition.Md5Of(found)}: it is another version; give the files that its server was built with");
    }

    protected override async Task<MessageType> UnknownTypeAsync(string topic, string type, CancellationToken cancel) =>
        await AskAsync(() => ros.TypeOfAsync(topic, cancel), $"; {GiveFiles}");

    protected override async Task<ActionType> UnknownActionAsync(string action, string type, CancellationToken cancel)
    {
        var parts = new List<MessageType>();
        foreach (var topic in new[] { "goal", "result", "feedback" }) parts.Add(await UnknownTypeAsync($"{action}/{topic}", type, cancel));
        return FromFiles(() => DynamicTypes.Action(type, parts[0], parts[1], parts[2]))!;
    }

    private static bool IsSame(ServiceType type, string md5) => md5 == "*" || Ros1Definition.Md5Of(type) == md5;

    private static async Task<T> AskAsync<T>(Func<Task<T>> question, string otherwise = "")
    {
        try
        {
            return await question();
        }
        catch (Ros1Exception e)
        {
            throw new GraphTourException(e.Message + otherwise);
        }
    }
}
