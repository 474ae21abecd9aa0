using System.Globalization;
using RobotWorker.Generation.Generate;
using RobotWorker.Recording.LeRobot;
using RobotWorker.Sim.Robots;
using RobotWorker.Skills.Policies;

namespace RobotWorker.Generation.Policies;

/// <summary>A policy by its name, as <c>--policy</c> or a plan's step gives it.</summary>
/// <param name="Text">What was given: <c>expert</c>, <c>replay:DIR</c>.</param>
/// <param name="Sum">What else its outcomes depend on; outcomes of another are not these.</param>
public abstract record NamedPolicy(string Text, string Sum)
{
    private const string Expert = "expert", Replay = "replay", Onnx = "onnx", Socket = "socket";

    /// <summary>The words that there are, for help.</summary>
    public const string Forms = "'expert', 'replay:DATASET', 'onnx:FILE' or 'socket:HOST:PORT'";

    /// <summary>The scripted plan as it is, without a policy.</summary>
    public bool IsExpert => this is ByPlan;

    /// <exception cref="PolicyException">It is none, or what it names is not there.</exception>
    public static NamedPolicy Parse(string text)
    {
        if (text == Expert) return new ByPlan();
        var (kind, what) = text.IndexOf(':') is > 0 and var colon ? (text[..colon], text[(colon + 1)..]) : (text, "");
        return kind switch
        {
            Replay when what.Length > 0 => ReadReplay(text, what),
            Onnx when what.Length > 0 => new ByNetwork(text, OnnxModel.Read(what)),
            Socket when Address(what) is var (host, port) => new BySocket(text, host, port),
            _ => throw new PolicyException($"'{text}' is no policy: give {Forms}"),
        };
    }

    /// <summary>Why it cannot drive a robot; null: it can.</summary>
    public virtual string? WhyNotOn(RobotDescription robot) => null;

    /// <summary>Whether it has anything to do in the variation of this seed.</summary>
    public virtual bool Has(ulong seed) => true;

    /// <summary>Opens it for one run; null: the expert, which needs none.</summary>
    public abstract IPolicySource? For(ulong seed);

    private static ByReplay ReadReplay(string text, string folder)
    {
        try
        {
            var actions = RecordedActions.Read(folder);
            return PolicyRate.IsPossible(actions.FramesPerSecond) ? new(text, actions) : throw new PolicyException($"{folder} has {actions.FramesPerSecond} frames a second, and a policy has {PolicyRate.Words}");
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            throw new PolicyException(e.Message, e);
        }
    }

    private static (string Host, int Port)? Address(string text) =>
        text.LastIndexOf(':') is > 0 and var colon && int.TryParse(text[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and < 65536
            ? (text[..colon], port)
            : null;

    private sealed record ByPlan() : NamedPolicy(Expert, "")
    {
        public override IPolicySource? For(ulong seed) => null;
    }

    private sealed record ByReplay(string Text, RecordedActions Actions) : NamedPolicy(Text, Actions.Sum)
    {
        public override string? WhyNotOn(RobotDescription robot) =>
            Actions.Robot == robot.Name ? null : $"'{Text}' was recorded on the robot '{Actions.Robot}', and here is '{robot.Name}'";

        public override bool Has(ulong seed) => Actions.Seeds.Contains((long)seed);

        public override IPolicySource For(ulong seed) => new Opening(() => new ReplayPolicy(
            Actions.FramesPerSecond, Actions.Of((long)seed) ?? throw new PolicyException($"'{Text}' has no episode with the seed {seed}")));
    }

    private sealed record ByNetwork(string Text, OnnxModel Model) : NamedPolicy(Text, Model.Sum)
    {
        public override string? WhyNotOn(RobotDescription robot)
        {
            var told = FrameColumns.Layout(robot, framesPerSecond: 1, []).Features;
            foreach (var (name, right) in new[] { FrameColumns.State, FrameColumns.Place, FrameColumns.Action }.Select(key => (key, told.FirstOrDefault(f => f.Key == key)?.Width ?? 0)))
                if (Model.WidthOf(name) is { } has && has != right) return $"'{Text}': '{name}' has {has} numbers, and on '{robot.Name}' it has {right}";
            return null;
        }

        public override IPolicySource For(ulong seed) => new Opening(() => new OnnxPolicy(Model));
    }

    private sealed record BySocket(string Text, string Host, int Port) : NamedPolicy(Text, "")
    {
        public override IPolicySource For(ulong seed) => new Opening(() => new SocketPolicy(Host, Port, seed));
    }

    private sealed class Opening(Func<IPolicy> open) : IPolicySource
    {
        public IPolicy Open(string name) => open();
    }
}
