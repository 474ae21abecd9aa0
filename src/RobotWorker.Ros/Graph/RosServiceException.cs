namespace RobotWorker.Ros.Graph;

/// <summary>Why a service call has no response.</summary>
public enum ServiceFailure
{
    /// <summary>Nobody offers the service: the request was not sent.</summary>
    NoServer,

    /// <summary>The server went away during the call: whether it acted is unknown.</summary>
    ServerGone,

    /// <summary>No answer in time: whether it acted is unknown.</summary>
    Deadline,

    /// <summary>The other side answered with an error instead of a response, as only wires can: the message says which.</summary>
    Failed,
}

/// <summary>A service call without a response.</summary>
public sealed class RosServiceException(string service, ServiceFailure failure, string message) : Exception(message)
{
    /// <summary>The service.</summary>
    public string Service { get; } = service;

    /// <summary>Why there is no response.</summary>
    public ServiceFailure Failure { get; } = failure;
}
