using System.IO.Pipelines;
using RobotWorker.Cli.Views;

namespace RobotWorker.Tests.Cli.Views;

public sealed class TerminalLinesTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    [Test]
    public async Task Next_OneWhoWaitedIsForgotten_TheLineIsTheNextOnes()
    {
        var pipe = new Pipe();
        var lines = new TerminalLines(new StreamReader(pipe.Reader.AsStream()));
        var first = Ask(lines);
        lines.Forget();
        var second = Ask(lines);
        await pipe.Writer.WriteAsync("skip\n"u8.ToArray());

        Assert.That(await second.WaitAsync(Patience), Is.EqualTo("skip"));
        Assert.That(first.IsCompleted, Is.False);
    }

    [Test]
    public async Task Next_InputIsClosed_IsNullFromThenOn()
    {
        var lines = new TerminalLines(new StringReader("retry\n"));

        Assert.That(await Ask(lines).WaitAsync(Patience), Is.EqualTo("retry"));
        Assert.That(await Ask(lines).WaitAsync(Patience), Is.Null);
        Assert.That(await Ask(lines).WaitAsync(Patience), Is.Null);
    }

    private static Task<string?> Ask(TerminalLines lines)
    {
        var line = new TaskCompletionSource<string?>();
        lines.Next(said => line.TrySetResult(said));
        return line.Task;
    }
}
