using System.Collections.Immutable;

namespace RobotWorker.Ros.Ros1.XmlRpc;

/// <summary>A method call.</summary>
/// <param name="Method">Its name, <c>registerPublisher</c>.</param>
/// <param name="Arguments">What it is called with.</param>
public sealed record XmlRpcCall(string Method, ImmutableArray<XmlRpcValue> Arguments);
