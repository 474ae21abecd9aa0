using System.CommandLine;
using System.Security.Cryptography;
using RobotWorker.Cli.Views;
using RobotWorker.Diagnostics;
using RobotWorker.Generation.Lines;
using RobotWorker.Generation.Runs;
using RobotWorker.Ros.Actions;
using RobotWorker.Ros.Codecs;
using RobotWorker.Ros.Graph;
using RobotWorker.Ros.Messages;
using RobotWorker.Skills.Lines;

namespace RobotWorker.Cli.Commands;

/// <summary><c>robotworker ros ...</c>: a person looks around on a robot's graph.</summary>
internal static class RosCommand
{
    private static readonly TimeSpan CallDeadline = TimeSpan.FromSeconds(10);

    public static Command Build()
    {
        var line = new LineArguments();
        var command = new Command("ros", "Looks around on a robot's ROS graph: what there is, what it says, a call or a goal by hand")
        {
            Topics(line), Types(line), Echo(line), Call(line), SendGoal(line),
        };
        line.AddTo(command);
        return command;
    }

    private static Command Topics(LineArguments line)
    {
        var command = new Command("topics", "Lists topics, services and actions");
        command.SetAction(parsed => Visit(line, parsed, async (ros, dialect, stop) =>
        {
            var tour = GraphTour.Of(ros);
            var topics = await tour.TopicsAsync(stop);
            foreach (var topic in topics) Console.Out.WriteLine($"topic    {topic.Name,-48} {Shown(topic.RosType, dialect)}");
            foreach (var service in await tour.ServicesAsync(stop)) Console.Out.WriteLine($"service  {service}");
            foreach (var (name, type) in GraphTour.Actions(topics)) Console.Out.WriteLine($"action   {name,-48} {Shown(type, dialect)}{(dialect == RosDialect.Ros1 ? "Action" : "")}");
            return ExitCode.Success;
        }));
        return command;
    }

    private static Command Types(LineArguments line)
    {
        var topic = new Argument<string?>("topic") { Description = "Prints the definition of this topic's type; without it, lists the types in use", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("types", "Lists the types that topics carry, or prints one's definition") { topic };
        command.SetAction(parsed => Visit(line, parsed, async (ros, dialect, stop) =>
        {
            var tour = GraphTour.Of(ros, line.Definitions(parsed));
            if (parsed.GetValue(topic) is { } name)
            {
                var type = await tour.TypeOfTopicAsync(name, stop);
                Console.Out.WriteLine($"# {Shown(type.Name, dialect)}\n{(dialect == RosDialect.Ros1 ? Ros1Definition.TextOf(type) : type.Definition).TrimEnd()}");
                return ExitCode.Success;
            }
            foreach (var use in (await tour.TopicsAsync(stop)).GroupBy(t => t.RosType).OrderBy(g => g.Key, StringComparer.Ordinal))
                Console.Out.WriteLine($"{Shown(use.Key, dialect),-48} {(RosTypes.Message(use.Key) is null ? "as the robot defines it" : "compiled in"),-24} {string.Join(", ", use.Select(t => t.Name))}");
            return ExitCode.Success;
        }));
        return command;
    }

    private static Command Echo(LineArguments line)
    {
        var topic = new Argument<string>("topic") { Description = "An absolute name, /joint_states" };
        var count = new Option<int?>("--count") { Description = "Ends after so many messages", HelpName = "N" };
        count.Must(n => n >= 1, "--count is 1 or more");
        var rate = new Option<bool>("--rate") { Description = "Prints messages a second instead, once a second" };
        var json = new Option<bool>("--json") { Description = "One line of JSON a message instead of YAML" };
        var command = new Command("echo", "Prints what a topic says, until Ctrl-C or until nobody reads on; types that are not compiled in are asked for. As YAML, long texts and lists are cut") { topic, count, rate, json };
        command.SetAction(parsed => Visit(line, parsed, async (ros, dialect, stop) =>
        {
            var name = parsed.GetRequiredValue(topic);
            var type = await GraphTour.Of(ros, line.Definitions(parsed)).TypeOfTopicAsync(name, stop);
            var enough = new TaskCompletionSource();
            using var output = new OpenOutput();
            using var stopped = stop.Register(() => enough.TrySetResult());
            var heard = 0;
            using var listening = GraphVerbs.Listen(ros, type, name, message =>
            {
                if (parsed.GetValue(count) is { } most && heard >= most) return;
                heard++;
                if (!parsed.GetValue(rate)) output.WriteLine(parsed.GetValue(json) ? MessageText.Json(message, dialect) : $"{MessageText.Yaml(message, dialect)}---");
                if (heard == parsed.GetValue(count) || output.IsGone) enough.TrySetResult();
            });
            if (!parsed.GetValue(rate)) await enough.Task;
            else await TellRate(output, ros.Time, () => heard, enough);
            return stop.IsCancellationRequested ? ExitCode.Stopped : ExitCode.Success;
        }));
        return command;
    }

    private static async Task TellRate(OpenOutput output, TimeProvider time, Func<int> heard, TaskCompletionSource enough)
    {
        var (before, at) = (heard(), time.GetTimestamp());
        while (!enough.Task.IsCompleted && !output.IsGone)
        {
            await Task.WhenAny(enough.Task, Task.Delay(TimeSpan.FromSeconds(1), time));
            output.WriteLine($"{(heard() - before) / time.GetElapsedTime(at).TotalSeconds:0.0} messages a second, {heard()} in all");
            (before, at) = (heard(), time.GetTimestamp());
        }
    }

    private static Command Call(LineArguments line)
    {
        var service = new Argument<string>("service") { Description = "An absolute name, /protective_stop" };
        var request = new Argument<string>("json") { Description = "The request, as rosbridge writes it: '{\"data\": true}'", DefaultValueFactory = _ => "{}" };
        var type = new Option<string?>("--type") { Description = "The service's type, where the graph does not tell it", HelpName = "TYPE" };
        var command = new Command("call", "Calls a service and prints its answer") { service, request, type };
        command.SetAction(parsed => Visit(line, parsed, async (ros, dialect, stop) =>
        {
            var name = parsed.GetRequiredValue(service);
            var its = await GraphTour.Of(ros, line.Definitions(parsed)).TypeOfServiceAsync(name, parsed.GetValue(type), stop);
            var answer = await GraphVerbs.CallAsync(ros, its, name, parsed.GetValue(request)!, CallDeadline, stop);
            Console.Out.Write(MessageText.Yaml(answer, dialect));
            return ExitCode.Success;
        }));
        return command;
    }

    private static Command SendGoal(LineArguments line)
    {
        var action = new Argument<string>("action") { Description = "An absolute name, /navigate_to_pose" };
        var goal = new Argument<string>("json") { Description = "The goal, as rosbridge writes it" };
        var type = new Option<string?>("--type") { Description = "The action's type, where the graph does not tell it", HelpName = "TYPE" };
        var command = new Command("send-goal", "Sends a goal, prints feedback and result. The robot moves. Ctrl-C cancels the goal first, and waits for its end") { action, goal, type };
        command.SetAction(parsed => Visit(line, parsed, async (ros, dialect, stop) =>
        {
            var name = parsed.GetRequiredValue(action);
            var its = await GraphTour.Of(ros, line.Definitions(parsed)).TypeOfActionAsync(name, parsed.GetValue(type), stop);
            var (state, result, detail) = await GraphVerbs.SendGoalAsync(
                ros, its, name, new Guid(RandomNumberGenerator.GetBytes(16)), parsed.GetRequiredValue(goal),
                feedback => Console.Out.WriteLine($"feedback {MessageText.Json(feedback, dialect)}"), stop);
            if (result is not null) Console.Out.WriteLine($"result   {MessageText.Json(result, dialect)}");
            Console.Out.WriteLine($"{state.ToString().ToLowerInvariant()}{(detail.Length == 0 ? "" : $": {detail}")}");
            return stop.IsCancellationRequested ? ExitCode.Stopped : state == GoalState.Succeeded ? ExitCode.Success : ExitCode.Failed;
        }));
        return command;
    }

    private static string Shown(string type, RosDialect dialect) => dialect == RosDialect.Ros1 ? Ros1Definition.NameOf(type) : type;

    private static int Visit(LineArguments arguments, ParseResult parsed, Func<IRosConnection, RosDialect, CancellationToken, Task<int>> visit)
    {
        if (arguments.Read(parsed) is not { } line) return ExitCode.BadInput;
        var stop = new StopSwitch();
        using var signals = new StopSignals(stop.Press, () => { });
        try
        {
            return LineSession.Run(line, $"robotworker_{Environment.ProcessId}", stop, visit);
        }
        catch (Exception e) when (e is GraphTourException or RosCodecException or RosServiceException or RosGraphException)
        {
            Console.Error.WriteLine($"{Codes.NotOnGraph} {e.Message}");
            return ExitCode.Failed;
        }
        catch (OperationCanceledException)
        {
            return ExitCode.Stopped;
        }
    }
}
