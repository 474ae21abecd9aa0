using RobotWorker.Cli;

namespace RobotWorker.Tests.Cli;

/// <summary>The command, as a person calls it, in this process.</summary>
/// <param name="Output">The standard output.</param>
/// <param name="Errors">The standard error.</param>
internal sealed record CommandLine(int Code, string Output, string Errors)
{
    public static CommandLine Run(params string[] arguments)
    {
        var (output, errors) = (Console.Out, Console.Error);
        using var said = new StringWriter();
        using var complained = new StringWriter();
        Console.SetOut(said);
        Console.SetError(complained);
        try
        {
            var code = (int)typeof(ExitCode).Assembly.EntryPoint!.Invoke(null, [arguments])!;
            return new(code, said.ToString(), complained.ToString());
        }
        finally
        {
            Console.SetOut(output);
            Console.SetError(errors);
        }
    }
}
