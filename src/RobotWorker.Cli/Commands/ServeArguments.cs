using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using System.Net;
using RobotWorker.Diagnostics;
using RobotWorker.Generation.Serving;
using RobotWorker.Ros.Codecs;
using RobotWorker.Ros.Graph;
using RobotWorker.Ros.Ros1;
using RobotWorker.Ros.Rosbridge.Server;
using RobotWorker.Sim.Node;
using RobotWorker.Sim.Sensors;

namespace RobotWorker.Cli.Commands;

/// <summary>What <c>sim serve</c> is told.</summary>
internal sealed class ServeArguments
{
    private readonly Argument<string> scene = new("scene") { Description = "The scene's file, such as sim/scenes/kitchen.yaml" };
    private readonly Option<string> rosbridge = new("--rosbridge")
    {
        Description = "Where the rosbridge server listens; port 0 takes a free one", DefaultValueFactory = _ => "127.0.0.1:9090", HelpName = "HOST:PORT",
    };
    private readonly Option<string?> ros1 = new("--ros1")
    {
        Description = "The master of a ROS 1 graph to put the robot on; beside rosbridge only where --rosbridge is given too", HelpName = "http://HOST:11311",
    };
    private readonly Option<string> dialect = new Option<string>("--dialect") { Description = "Whose names and fields rosbridge's clients see", DefaultValueFactory = _ => "ros2" }
        .AcceptOnlyFromAmong("ros2", "ros1");
    private readonly Option<string?> token = new("--token-file") { Description = "Clients must send the text in this file (Authorization: Bearer)", HelpName = "FILE" };
    private readonly Option<string[]> origins = new("--allow-origin")
    {
        Description = "Also let web pages of this origin connect, such as https://app.example.org, or *; those of this machine may always", HelpName = "ORIGIN",
    };
    private readonly Option<double> rate = new("--rate") { Description = "Simulated seconds in a second; /clock says so", DefaultValueFactory = _ => 1, HelpName = "N" };
    private readonly Option<long> seed = new("--seed") { Description = "Seed of the scene's variation and of all randomness (0 or more)", DefaultValueFactory = _ => 1, HelpName = "N" };
    private readonly Option<string> noise = new Option<string>("--noise") { Description = "off: a detector without errors", DefaultValueFactory = _ => "on" }.AcceptOnlyFromAmong("on", "off");
    private readonly Option<string[]> faults = new("--fault") { Description = "A fault to happen, such as sim/faults/gripper-force-loss-lifted.yaml; may be given several times", HelpName = "FILE" };
    private readonly Option<string> onSilence = new Option<string>("--on-silence")
    {
        Description = "What the robot does by itself when its worker is silent; a profile says the same in 'on_silence'", DefaultValueFactory = _ => "stop",
    }.AcceptOnlyFromAmong("stop", "continue", "park");
    private readonly Option<double> silenceAfter = new("--silence-after")
    {
        Description = "Seconds of the robot's time after which silence counts", DefaultValueFactory = _ => SilenceOptions.Default.After.TotalSeconds, HelpName = "SECONDS",
    };
    private readonly Option<double?> duration = new("--duration") { Description = "End after so many seconds of the wall", HelpName = "SECONDS" };

    public void AddTo(Command command)
    {
        command.Add(scene);
        rosbridge.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }] && EndpointOf(text) is null) result.AddError($"--rosbridge needs HOST:PORT, such as 127.0.0.1:9090, not '{text}'.");
        });
        ros1.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }] && MasterOf(text) is null) result.AddError($"--ros1 needs the address of a ROS 1 master, such as http://127.0.0.1:11311, not '{text}'.");
        });
        rate.Validators.Add(result =>
        {
            if (Number(result.Tokens) is not (null or (> 0 and <= 1000))) result.AddError("--rate must be above 0 and at most 1000.");
        });
        duration.Validators.Add(result =>
        {
            if (Number(result.Tokens) is not (null or (> 0 and <= 1e7))) result.AddError("--duration must be above 0 and at most 1e7 seconds.");
        });
        silenceAfter.Validators.Add(result =>
        {
            if (Number(result.Tokens) is not (null or (> 0 and <= 60))) result.AddError("--silence-after must be above 0 and at most 60.");
        });
        origins.Validators.Add(result =>
        {
            if (result.Tokens.FirstOrDefault(t => t.Value != "*" && !(Uri.TryCreate(t.Value, UriKind.Absolute, out var at) && at.Host.Length > 0 && at.PathAndQuery == "/")) is { } wrong)
                result.AddError($"--allow-origin needs scheme and host, such as https://app.example.org, or *, not '{wrong.Value}'.");
        });
        seed.Validators.Add(result =>
        {
            if (Number(result.Tokens) < 0) result.AddError("--seed must be 0 or more");
        });
        foreach (var option in new Option[] { rosbridge, ros1, dialect, token, origins, rate, seed, noise, faults, onSilence, silenceAfter, duration }) command.Add(option);
    }

    /// <summary>What is to be served; null when the bag says what is wrong.</summary>
    public Serving? Read(ParseResult parsed, DiagnosticBag bag)
    {
        var secret = parsed.GetValue(token) is { } file ? ReadToken(file, bag) : null;
        if (ServeReader.Read(parsed.GetRequiredValue(scene), parsed.GetValue(faults) ?? [], bag) is not { } read || bag.HasErrors) return null;
        var speaksRos1 = parsed.GetValue(dialect) == "ros1";
        var master = parsed.GetValue(ros1);
        var options = new ServeOptions(read.Place, (ulong)parsed.GetValue(seed), parsed.GetValue(rate))
        {
            Faults = read.Faults,
            Wire = SeededWire.Of((ulong)parsed.GetValue(seed), parsed.GetValue(rate)),
            Control = ControlFolder.OwnSocket,
            Detector = parsed.GetValue(noise) == "off" ? DetectorNoise.None : DetectorNoise.Default,
            Silence = new(TimeSpan.FromSeconds(parsed.GetValue(silenceAfter)), Enum.Parse<SilenceReaction>(parsed.GetValue(onSilence)!, ignoreCase: true)),
            OffersMoveBase = speaksRos1 || master is not null,
            Duration = parsed.GetValue(duration) is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
        };
        var server = new RosbridgeServerOptions
        {
            Endpoint = EndpointOf(parsed.GetValue(rosbridge)!)!,
            Dialect = speaksRos1 ? RosDialect.Ros1 : RosDialect.Ros2,
            Token = secret,
            Origins = [.. parsed.GetValue(origins) ?? []],
            Rate = options.Rate,
            Wire = options.Wire,
            PingEvery = options.Silence.After / 4,    // so that a live worker's silence never looks like a lost link
        };
        var fronts = new List<OpenFront>();
        if (master is null || parsed.GetResult(rosbridge) is { Implicit: false }) fronts.Add(RosbridgeFront.With(server));
        if (master is not null) fronts.Add(Ros1Front.With(Ros1Options.FromEnvironment(master) with { Wire = options.Wire }));
        return new(options, [.. fronts]);
    }

    private static Uri? MasterOf(string text)
    {
        try
        {
            return Ros1Options.MasterAt(text);
        }
        catch (RosGraphException)
        {
            return null;
        }
    }

    private static string? ReadToken(string file, DiagnosticBag bag)
    {
        try
        {
            if (File.ReadAllText(file).Trim() is { Length: > 0 } text) return text;
            bag.Error(Codes.UnreadFile, new(file, 0, 0), "the token's file is empty", "write a long random text into it");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            bag.Error(Codes.UnreadFile, new(file, 0, 0), $"the token's file cannot be read: {e.Message}");
        }

        return null;
    }

    // "localhost" is the loopback by any resolver; other names would have to be asked for.
    internal static IPEndPoint? EndpointOf(string text) =>
        IPEndPoint.TryParse(text.Replace("localhost", "127.0.0.1", StringComparison.OrdinalIgnoreCase), out var endpoint) && text.Contains(':') ? endpoint : null;

    private static double? Number(IReadOnlyList<System.CommandLine.Parsing.Token> tokens) =>
        tokens is [{ Value: var text }] && double.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : null;
}

/// <summary>What is served, and how it is reached.</summary>
internal sealed record Serving(ServeOptions Options, ImmutableArray<OpenFront> Fronts);
