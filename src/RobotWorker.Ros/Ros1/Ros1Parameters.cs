using System.Collections.Immutable;
using RobotWorker.Ros.Graph;
using RobotWorker.Ros.Ros1.XmlRpc;

namespace RobotWorker.Ros.Ros1;

/// <summary>
/// The parameter server, which lives in the master. Names are absolute (<c>/robot_description</c>). All throw <see cref="Ros1Exception"/> when the master
/// cannot be reached within <see cref="Ros1Options.CallDeadline"/>.
/// </summary>
public sealed class Ros1Parameters
{
    private readonly Ros1Node node;

    internal Ros1Parameters(Ros1Node node) => this.node = node;

    /// <summary>A parameter's value, a structure for a whole namespace; null when there is none.</summary>
    public Task<XmlRpcValue?> GetAsync(string name, CancellationToken cancel = default) =>
        Call("get parameter", name, stop => node.Wire.Master.ParameterAsync(name, stop), cancel);

    /// <summary>Sets a parameter; a structure sets a whole namespace.</summary>
    public Task SetAsync(string name, XmlRpcValue value, CancellationToken cancel = default) => Call("set parameter", name, async stop =>
    {
        await node.Wire.Master.SetParameterAsync(name, value, stop);
        node.Wire.ParameterIsOurs(name);
        return true;
    }, cancel);

    /// <summary>Whether there is such a parameter.</summary>
    public Task<bool> HasAsync(string name, CancellationToken cancel = default) =>
        Call("look for parameter", name, stop => node.Wire.Master.HasParameterAsync(name, stop), cancel);

    /// <summary>Removes a parameter; true when there was one.</summary>
    public Task<bool> DeleteAsync(string name, CancellationToken cancel = default) =>
        Call("delete parameter", name, stop => node.Wire.Master.DeleteParameterAsync(name, stop), cancel);

    /// <summary>The full name of the nearest parameter of a relative name, from the node's own namespace outwards; null when there is none.</summary>
    public Task<string?> SearchAsync(string name, CancellationToken cancel = default) =>
        Call("search parameter", name, stop => node.Wire.Master.SearchParameterAsync(name, stop), cancel);

    /// <summary>The names of all parameters.</summary>
    public Task<ImmutableArray<string>> NamesAsync(CancellationToken cancel = default) => Call("list parameters", "", node.Wire.Master.ParameterNamesAsync, cancel);

    /// <summary>Calls the handler with the value now (null: there is none), and after each change, until disposed.</summary>
    public IDisposable Subscribe(string name, Action<XmlRpcValue?> changed)
    {
        node.Enter("watch parameter", name);
        RosNames.Check(name);
        var isOver = false;
        var end = node.Wire.Watch(name, value => node.Loop.PostFromOutside(() =>
        {
            if (!isOver) changed(value);
        }));
        return node.Hold(new Undo(() =>
        {
            isOver = true;
            end();
        }));
    }

    private Task<T> Call<T>(string what, string name, Func<CancellationToken, Task<T>> work, CancellationToken cancel)
    {
        node.Enter(what, name);
        return PendingCall<T>.Run(node.Loop, work, null, () => new TimeoutException(), cancel);
    }
}
