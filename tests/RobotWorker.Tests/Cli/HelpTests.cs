using System.CommandLine;
using RobotWorker.Cli.Commands;
using RobotWorker.Sim.Faults;

namespace RobotWorker.Tests.Cli;

public sealed class HelpTests
{
    private static IEnumerable<Command> Commands => [RunCommand.Build(), DoCommand.Build(), PlanCommand.Build(), CheckCommand.Build(), ExplainCommand.Build()];

    [Test]
    public void Help_OfTheCommandAlone_NamesEverySubcommandButTheHidden()
    {
        var help = CommandLine.Run();

        Assert.That(help.Code, Is.Zero);
        foreach (var command in Commands) Assert.That(help.Output, Does.Contain($"  {command.Name} ").And.Contain(command.Description![..20]));
        Assert.That(help.Output, Does.Not.Contain("render-film"));
    }

    [TestCaseSource(nameof(Commands))]
    public void Help_OfASubcommand_MentionsItsArgumentsAndOptions(Command command)
    {
        var help = CommandLine.Run(command.Name, "--help");
        var text = string.Join(' ', help.Output.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries));    // as wrapped by no terminal

        Assert.That(help.Code, Is.Zero);
        foreach (var argument in command.Arguments) Assert.That(text, Does.Contain($"<{argument.Name}>").And.Contain(FirstWords(argument.Description)));
        foreach (var option in command.Options) Assert.That(text, Does.Contain(option.Name).And.Contain(FirstWords(option.Description)), option.Name);
    }

    [Test]
    public void Help_OfSimInject_NamesEveryKindOfFault()
    {
        var help = CommandLine.Run("sim", "inject", "--help");

        Assert.That(help.Code, Is.Zero);
        foreach (var kind in FaultReader.Kinds) Assert.That(help.Output, Does.Contain(kind));
        Assert.That(help.Output, Does.Contain("--list").And.Contain("--clear"));
    }

    [Test]
    public void SimInject_AskedForNothingOrForTwoThings_SaysWhatToGive([Values("", "cut --list")] string arguments)
    {
        var result = CommandLine.Run(["sim", "inject", .. arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);

        Assert.That(result.Code, Is.EqualTo(2));
        Assert.That(result.Errors, Does.Contain("Give one of: a kind of fault"));
    }

    [Test]
    public void EveryArgumentAndOption_HasADescription()
    {
        foreach (var command in Commands)
            Assert.That(command.Options.Select(o => o.Description).Concat(command.Arguments.Select(a => a.Description)), Has.All.Not.Null.And.All.Not.Empty, command.Name);
    }

    private static string FirstWords(string? description) => string.Join(' ', description!.Split(' ').Take(3));
}
