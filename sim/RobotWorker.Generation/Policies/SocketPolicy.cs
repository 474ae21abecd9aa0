using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using RobotWorker.Skills.Policies;

namespace RobotWorker.Generation.Policies;

/// <summary>
/// A policy in another process, behind a TCP socket: a line of JSON there, a line back. It holds the episode up while it thinks, as a network in this process does: at virtual pace no time passes, on a robot
/// of metal the targets stand still.
/// </summary>
internal sealed class SocketPolicy : IPolicy
{
    // Ten frames at 10 Hz: whoever is slower drives no robot.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly Socket socket;
    private readonly StreamReader reader;
    private readonly string address;
    private int frame;

    /// <exception cref="PolicyException">Nobody answers there.</exception>
    public SocketPolicy(string host, int port, ulong seed)
    {
        address = $"{host}:{port}";
        socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, ReceiveTimeout = (int)Patience.TotalMilliseconds, SendTimeout = (int)Patience.TotalMilliseconds };
        try
        {
            var connecting = socket.BeginConnect(host, port, null, null);
            if (!connecting.AsyncWaitHandle.WaitOne(Patience)) throw new PolicyException($"{address} does not answer within {Patience.TotalSeconds:0} s");
            socket.EndConnect(connecting);
            reader = new(new NetworkStream(socket), Encoding.UTF8);
            var answer = Ask(new() { ["begin"] = new JsonObject { ["seed"] = seed } });
            FramesPerSecond = answer["fps"] is JsonValue value && value.TryGetValue<int>(out var rate) && PolicyRate.IsPossible(rate)
                ? rate
                : throw new PolicyException($"{address} answers {answer.ToJsonString()} to the beginning, and must say 'fps': {PolicyRate.Words}");
        }
        catch (SocketException e)
        {
            socket.Dispose();
            throw new PolicyException($"{address}: {e.Message}", e);
        }
        catch (PolicyException)
        {
            socket.Dispose();
            throw;
        }
    }

    public int FramesPerSecond { get; }

    public double[]? Next(IReadOnlyDictionary<string, double[]> observation)
    {
        var told = new JsonObject(observation.Select(o => KeyValuePair.Create(o.Key, (JsonNode?)new JsonArray([.. o.Value.Select(v => JsonValue.Create(v))]))));
        var answer = Ask(new() { ["frame"] = frame++, ["observation"] = told });
        if (answer["done"] is JsonValue done && done.TryGetValue<bool>(out var isDone) && isDone) return null;
        try
        {
            return [.. answer["action"]!.AsArray().Select(v => v!.GetValue<double>())];
        }
        catch (Exception e) when (e is NullReferenceException or InvalidOperationException or FormatException)
        {
            throw new PolicyException($"{address} answers neither 'action', a list of numbers, nor 'done': true", e);
        }
    }

    public void Dispose()
    {
        reader.Dispose();
        socket.Dispose();
    }

    private JsonObject Ask(JsonObject request)
    {
        try
        {
            socket.Send(Encoding.UTF8.GetBytes(request.ToJsonString() + "\n"));
            var line = reader.ReadLine() ?? throw new PolicyException($"{address} has closed the connection");
            return JsonNode.Parse(line) as JsonObject ?? throw new PolicyException($"{address} answers what is no JSON object");
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            throw new PolicyException($"{address} does not answer within {Patience.TotalSeconds:0} s, or not at all: {e.Message}", e);
        }
        catch (JsonException e)
        {
            throw new PolicyException($"{address} answers what is no JSON: {e.Message}", e);
        }
    }
}
