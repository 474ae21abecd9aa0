using System.CommandLine;
using System.Runtime.InteropServices;
using RobotWorker.Generation.Video;

namespace RobotWorker.Cli.Commands;

/// <summary>The hidden subcommand that renders a film in a process of its own.</summary>
internal static class FilmCommand
{
    private const string Name = "render-film";

    /// <summary>How this very program is called for it.</summary>
    public static IReadOnlyList<string> Invocation =>
        Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet"
            ? [Environment.ProcessPath!, Environment.GetCommandLineArgs()[0], Name]
            : [Environment.ProcessPath!, Name];

    public static Command Build()
    {
        var command = new Command(Name, "Renders states from the standard input") { Hidden = true };
        command.SetAction(_ =>
        {
            // It ends when its pipe closes, whoever signals: the film must show how the robot stopped.
            using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => context.Cancel = true);
            using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => context.Cancel = true);
            using var input = Console.OpenStandardInput();
            return FilmWorker.Run(input, Console.Out, Console.Error, TimeProvider.System);
        });
        return command;
    }
}
