using RobotWorker.Firmware.Board;
using RobotWorker.Firmware.Links;
using RobotWorker.Testing;

namespace RobotWorker.Integration.Firmware;

/// <summary>The reference firmware behind a pseudo-terminal, which the product opens as it opens any serial port.</summary>
[TestFixture]
[System.Runtime.Versioning.SupportedOSPlatform("linux")]
[Platform("Linux")]
public sealed class BoardOnAPortTests
{
    // A host that is not run for 0.4 s is no silence yet.
    private const int Percent = 25;

    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(5);

    [Test]
    [CancelAfter(120_000)]
    public void Cable_IsPulledWhileArmed_TheHostSaysSo_TheBoardOpensTheRelay_AndPluggedInAgainNothingComesBack(CancellationToken cancel)
    {
        using var board = new BoardTerminal(Percent);
        var events = new List<BoardEvent>();
        var time = new SlowTime(Percent);
        using (var link = SerialPorts.Open(board.Port, new(SafetyBoard.Baud), time))
        {
            Assert.That(link, Is.TypeOf<TermiosLink>());
            var host = new SafetyBoard(link, time);
            Arm(host, events, cancel);
            Until(host, events, () => board.IsClosed, cancel);

            board.Do("estop open");
            Until(host, events, () => host.Status!.State == BoardState.Stopped, cancel);
            Assert.That(events, Has.Member(new BoardEvent.Contact(Open: true)));
            Assert.That(host.Status!.RelayClosed, Is.False);

            board.Do("estop closed");
            Until(host, events, () => !host.Status!.InputOpen, cancel);
            Ask(host, events, BoardCommand.ResetEmergencyStop, cancel);
            Arm(host, events, cancel);
            Until(host, events, () => board.IsClosed, cancel);

            var pulled = board.Unplug();
            var gone = Assert.Throws<ByteLinkException>(() => Until(host, events, () => false, cancel));
            Assert.That(gone!.Failure, Is.EqualTo(ByteLinkFailure.Lost));
            Assert.That(gone.Message, Does.Contain("its cable was pulled"));

            board.Until(() => !board.IsClosed, "the relay's opening");
            Assert.That(board.Relay.Select(change => change.Closed), Is.EqualTo([true, false, true, false]));
            Assert.That(EmulatedBoard.Milliseconds(board.Relay[^1].Cycle - pulled), Is.InRange(0, 111), "a hundred milliseconds after its last heartbeat, at the next tick");
        }

        board.Plug();
        using var again = SerialPorts.Open(board.Port, new(SafetyBoard.Baud), time);
        var other = new SafetyBoard(again, time);
        Until(other, events, () => other.Status is { HostHeard: true }, cancel);
        Assert.That(other.Status!.State, Is.EqualTo(BoardState.Safe));
        Assert.That(other.Status.ResetCause, Is.EqualTo(ResetCause.Power), "it never started anew meanwhile");
        Arm(other, events, cancel);
    }

    // Its processor stands still for two seconds; by its own clock nothing has happened.
    [Test]
    [CancelAfter(120_000)]
    public void Board_Stalls_TheHostSaysThatItIsSilent_AndHearsItAgain(CancellationToken cancel)
    {
        using var board = new BoardTerminal(Percent);
        var events = new List<BoardEvent>();
        var time = new SlowTime(Percent);
        using var link = SerialPorts.Open(board.Port, new(SafetyBoard.Baud), time);
        var host = new SafetyBoard(link, time);
        Arm(host, events, cancel);

        events.Clear();
        board.Do("stall 2000000");
        Until(host, events, () => events.OfType<BoardEvent.Silent>().Any(), cancel);
        Assert.That(host.IsHeard, Is.False);
        Assert.That(host.Send(BoardCommand.Arm), Is.False, "nothing is asked of a board that is not heard");
        Until(host, events, () => events.OfType<BoardEvent.Heard>().Any(), cancel);
        Assert.That(events.OfType<BoardEvent.Restarted>(), Is.Empty);
        Ask(host, events, BoardCommand.Disarm, cancel);
        board.Until(() => !board.IsClosed, "the relay's opening");
    }

    // Two programs that want one port: the second is told so, and the board stays with the first.
    [Test]
    public void Port_InUse_IsRefused()
    {
        using var board = new BoardTerminal();
        using var first = SerialPorts.Open(board.Port, new(SafetyBoard.Baud), TimeProvider.System);

        Assert.That(Assert.Throws<ByteLinkException>(() => SerialPorts.Open(board.Port, new(SafetyBoard.Baud), TimeProvider.System))!.Failure, Is.EqualTo(ByteLinkFailure.Busy));
    }

    [Test]
    public void BoardStatus_PrintsWhatItSays_AndArmsNothing()
    {
        using var board = new BoardTerminal();
        board.Do("battery 11800");
        board.Do("estop open");

        var result = RobotWorkerCommand.Run(["board", "status", board.Port]);

        Assert.That(result.ExitCode, Is.Zero, result.Errors);
        Assert.That(result.Output, Does.Contain("emergency stop pressed").And.Contain("relay          open").And.Contain("battery        11.8 V").And.Contain("after Power"));
        Assert.That(board.Relay, Is.Empty);
    }

    [Test]
    public void BoardHold_SaysWhatItWasAndIs_AndTheBoardKeepsIt()
    {
        using var board = new BoardTerminal();

        var first = RobotWorkerCommand.Run(["board", "hold", board.Port, "300"]);
        var second = RobotWorkerCommand.Run(["board", "hold", board.Port, "0"]);
        var tooLong = RobotWorkerCommand.Run(["board", "hold", board.Port, "2001"]);

        Assert.That((first.ExitCode, second.ExitCode), Is.EqualTo((0, 0)), first.Errors + second.Errors);
        Assert.That(first.Output, Does.StartWith("hold was 0 ms, is 300 ms"));
        Assert.That(second.Output, Does.StartWith("hold was 300 ms, is 0 ms"));
        Assert.That(tooLong.ExitCode, Is.EqualTo(2));
        Assert.That(tooLong.Errors, Does.Contain("from 0 to 2000"));
    }

    // The whole way of an arm at a desk: servos, board, a server of its own, and a person who presses, resets and stumbles over the cable.
    [Test]
    [CancelAfter(180_000)]
    public void ArmServe_SeesTheEmergencyStop_AndSaysWhenTheCableIsPulled(CancellationToken cancel)
    {
        using var board = new BoardTerminal();
        using var serve = LiveCommand.Start("arm", "serve", So101.File, "--emulated", "--board", board.Port, "--rosbridge", "127.0.0.1:0");
        serve.WaitFor("serving so101 by");
        var address = serve.Output[serve.Output.IndexOf("ws://", StringComparison.Ordinal)..].Split('\n', ' ', ',')[0];

        board.Do("estop open");
        serve.WaitFor("the emergency stop was pressed");
        board.Do("estop closed");
        // Until the board has seen it closed, it is refused; and where this machine was too busy to hear an answer, a person asks again, after a reset for the power.
        while (!Call("/emergency_stop_reset")) cancel.ThrowIfCancellationRequested();
        while (!Call("/power_on")) cancel.ThrowIfCancellationRequested();
        serve.WaitFor("the drives have power");
        // What latched servos forget drops what they carry: not from where this arm stands.
        while (!Said("/clear_faults").Contains("neither limp nor parked", StringComparison.Ordinal)) cancel.ThrowIfCancellationRequested();

        board.Unplug();
        serve.WaitFor("is gone", "its cable was pulled");
        board.Until(() => !board.IsClosed, "the relay's opening");
        Assert.That(serve.Output, Does.Contain("no power: the safety board"));

        serve.Send("INT");
        Assert.That(serve.End().Output, Does.Contain("ended"));

        string Said(string service) => RobotWorkerCommand.Run(["ros", "call", service, "--robot", address]).Output;

        bool Call(string service) => Said(service).Contains("success: true", StringComparison.Ordinal);
    }

    private static void Arm(SafetyBoard host, List<BoardEvent> events, CancellationToken cancel)
    {
        Until(host, events, () => host.Status is { HostHeard: true }, cancel);
        Ask(host, events, BoardCommand.Arm, cancel);
        Until(host, events, () => host.Status!.State == BoardState.Armed, cancel);
    }

    private static void Ask(SafetyBoard host, List<BoardEvent> events, BoardCommand command, CancellationToken cancel)
    {
        events.Clear();
        Assert.That(host.Send(command));
        Until(host, events, () => events.OfType<BoardEvent.Answered>().Any(), cancel);
        Assert.That(events.OfType<BoardEvent.Answered>().Single(), Is.EqualTo(new BoardEvent.Answered(command, BoardAnswer.Done)));
    }

    private static void Until(SafetyBoard host, List<BoardEvent> events, Func<bool> holds, CancellationToken cancel)
    {
        while (!holds())
        {
            cancel.ThrowIfCancellationRequested();
            events.AddRange(host.Poll(Slice));
        }
    }
}
