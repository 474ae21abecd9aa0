namespace RobotWorker.Ros.Ros1.XmlRpc;

/// <summary>Bytes that are no XML-RPC, or a value that XML-RPC cannot carry.</summary>
public sealed class XmlRpcException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>The other side answered with a fault.</summary>
public sealed class XmlRpcFaultException(int code, string text) : Exception($"fault {code}: {text}")
{
    /// <summary>Its number.</summary>
    public int Code { get; } = code;

    /// <summary>Its words.</summary>
    public string Text { get; } = text;
}
