using System.CommandLine;
using RobotWorker.Diagnostics;

namespace RobotWorker.Cli.Commands;

/// <summary><c>robotworker explain CODE</c>: the page of a diagnostic, which is built into the program.</summary>
internal static class ExplainCommand
{
    public static Command Build()
    {
        var code = new Argument<string>("code") { Description = "What a message begins with, such as RW0036" };
        var command = new Command("explain", "Explains a diagnostic: what it means, a bad and a good example") { code };
        command.SetAction(parsed => Explain(parsed.GetRequiredValue(code).ToUpperInvariant()));
        return command;
    }

    private static int Explain(string code)
    {
        var known = Codes.All.FirstOrDefault(c => c.Code == code);
        if (known.Code is null)
        {
            Console.Error.WriteLine($"There is no diagnostic '{code}'; {Nearest.Help(code, [.. Codes.All.Select(c => c.Code)])}");
            return ExitCode.BadInput;
        }
        using var page = typeof(ExplainCommand).Assembly.GetManifestResourceStream($"diagnostics/{code}.md");
        if (page is null) Console.Out.WriteLine($"{code}: {known.Meaning}");
        else
        {
            using var reader = new StreamReader(page);
            Console.Out.Write(reader.ReadToEnd());
        }
        return ExitCode.Success;
    }
}
