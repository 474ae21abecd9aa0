namespace RobotWorker.Testing;

/// <summary>The command <c>robotworker</c> as people call it: a process of its own, the program that was built with the tests.</summary>
public static class RobotWorkerCommand
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(4);

    /// <summary>What starts it.</summary>
    public static string Host { get; } = Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet"
        ? Environment.ProcessPath!
        : Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? Peer.Require("dotnet", "the .NET 10 SDK");

    /// <summary>The program that people run: published, of the same configuration, framework and platform as the tests, whose folder ends with these three.</summary>
    public static string Program { get; } =
        Path.Combine([Repository.Root, "src", "RobotWorker.Cli", "bin", .. Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory).Split(Path.DirectorySeparatorChar)[^3..], "publish", "RobotWorker.Cli.dll"]);

    /// <summary>Runs it to its end, its standard input closed.</summary>
    /// <param name="folder">Where it runs, or null for here.</param>
    public static PeerResult Run(IEnumerable<string> arguments, string? folder = null, IReadOnlyDictionary<string, string?>? environment = null) =>
        Peer.Run(Host, Line(arguments), folder, limit: Limit, environment: environment);

    /// <summary>Arguments of <see cref="Host"/>.</summary>
    internal static IEnumerable<string> Line(IEnumerable<string> arguments) => File.Exists(Program)
        ? [Program, .. arguments]
        : throw new InvalidOperationException($"{Program} is not there: build RobotWorker.sln, or at least RobotWorker.Cli");
}
