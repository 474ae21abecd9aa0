using RobotWorker.Ros.Rosbridge.Server.Ops;

namespace RobotWorker.Ros.Rosbridge.Server.Wire;

/// <summary>Who takes clients in; everything is called on the loop.</summary>
internal interface IClients
{
    /// <summary>A client came; null when it is not wanted any more.</summary>
    IClientOps? Join(ClientSocket socket);

    /// <summary>It went, and why.</summary>
    void Leave(IClientOps client, string why);

    /// <summary>Somebody did not become a client: who, and why.</summary>
    void TurnedAway(string who);
}

/// <summary>A client on the loop.</summary>
internal interface IClientOps
{
    /// <summary>Operations came.</summary>
    void Take(List<ClientOp> ops);
}
