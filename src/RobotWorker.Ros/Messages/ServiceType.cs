namespace RobotWorker.Ros.Messages;

/// <summary>A type of services.</summary>
public abstract class ServiceType
{
    private protected ServiceType(string name) => Name = name;

    /// <summary>The ROS 2 name, <c>std_srvs/srv/Trigger</c>.</summary>
    public string Name { get; }

    /// <summary>The type of a service whose records are compiled in.</summary>
    public static ServiceType<TRequest, TResponse> Of<TRequest, TResponse>()
        where TRequest : IServiceRequest<TRequest, TResponse>
        where TResponse : IRosMessage<TResponse> =>
        CompiledService<TRequest, TResponse>.Instance;

    /// <summary>Does something that must know the C# types.</summary>
    public abstract TOut Accept<TOut>(IServiceTypeVisitor<TOut> visitor);

    /// <inheritdoc/>
    public override string ToString() => Name;
}

/// <summary>A type of services whose C# types are known: <c>Trigger.Type</c>.</summary>
/// <param name="name">The ROS 2 name, <c>std_srvs/srv/Trigger</c>.</param>
/// <param name="request">The request.</param>
/// <param name="response">The response.</param>
public sealed class ServiceType<TRequest, TResponse>(string name, MessageType<TRequest> request, MessageType<TResponse> response) : ServiceType(name)
    where TRequest : IRosMessage
    where TResponse : IRosMessage
{
    /// <summary>The request.</summary>
    public MessageType<TRequest> Request => request;

    /// <summary>The response.</summary>
    public MessageType<TResponse> Response => response;

    /// <inheritdoc/>
    public override TOut Accept<TOut>(IServiceTypeVisitor<TOut> visitor) => visitor.Visit(this);
}

/// <summary>What is done with a service type once its C# types are known.</summary>
public interface IServiceTypeVisitor<out TOut>
{
    /// <summary>Does it.</summary>
    TOut Visit<TRequest, TResponse>(ServiceType<TRequest, TResponse> type) where TRequest : IRosMessage where TResponse : IRosMessage;
}

/// <summary>One instance for each pair of records.</summary>
internal static class CompiledService<TRequest, TResponse>
    where TRequest : IServiceRequest<TRequest, TResponse>
    where TResponse : IRosMessage<TResponse>
{
    public static readonly ServiceType<TRequest, TResponse> Instance = new(TRequest.ServiceType, MessageType.Of<TRequest>(), MessageType.Of<TResponse>());
}
