using RobotWorker.Firmware.Board;
using RobotWorker.Testing;

namespace RobotWorker.Integration.Firmware;

/// <summary>The reference firmware in simavr with the host's side of it: all times are the board's own cycles.</summary>
[TestFixture]
[Parallelizable(ParallelScope.Self)]
public sealed class SafetyBoardTests
{
    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(5);

    private EmulatedBoard board = null!;
    private SafetyBoard host = null!;
    private List<BoardEvent> events = null!;

    [SetUp]
    public void Start()
    {
        board = new();
        host = new(board, board);
        events = [];
        Until(() => host.Status is not null);
    }

    [TearDown]
    public void End() => board.Dispose();

    [Test]
    public void Firmware_TakesLessThanAQuarterOfTheFlash()
    {
        TestContext.Out.WriteLine($"{BoardFirmware.FlashBytes} bytes of flash");
        Assert.That(BoardFirmware.FlashBytes, Is.InRange(1, 8 * 1024 - 1));
    }

    [Test]
    public void Start_IsSafe_AndSaysWhyItStarted()
    {
        Assert.That(host.Status, Is.Not.Null);
        Assert.Multiple(() =>
        {
            Assert.That(host.Status!.State, Is.EqualTo(BoardState.Safe));
            Assert.That(host.Status.ResetCause, Is.EqualTo(ResetCause.Power));
            Assert.That(host.Status.RelayClosed, Is.False);
            Assert.That(host.Status.InputOpen, Is.False);
        });
    }

    [Test]
    public void Status_ComesEveryTwentyMilliseconds()
    {
        Pass(1000);

        var gaps = board.Frames.Zip(board.Frames.Skip(1), (a, b) => EmulatedBoard.Milliseconds(b.Cycle - a.Cycle)).ToList();
        Assert.That(gaps, Has.Count.GreaterThan(45).And.All.EqualTo(20).Within(0.5));
    }

    [Test]
    public void Arm_HostIsHeard_ClosesTheRelay()
    {
        Arm();

        Assert.That(board.Relay.Select(change => change.Closed), Is.EqualTo([true]));
        Assert.That(host.Status!.RelayClosed);
    }

    [Test]
    public void HostIsSilent_TheRelayOpensATickAfterAHundredMilliseconds()
    {
        Arm();
        Pass(300);
        Assert.That(host.Status!.State, Is.EqualTo(BoardState.Armed));

        board.IsDeaf = true;
        Until(() => host.Status!.State == BoardState.Safe);

        var last = board.Arrived[^1];
        var opened = board.Relay[^1];
        Assert.That(opened.Closed, Is.False);
        Assert.That(EmulatedBoard.Milliseconds(opened.Cycle - last), Is.InRange(99, 111));
        Assert.That(events, Has.Member(new BoardEvent.Changed(BoardState.Armed, BoardState.Safe, HostMissed: true)));

        // And it does not arm by itself when the host is back.
        board.IsDeaf = false;
        Pass(500);
        Assert.That(host.Status.State, Is.EqualTo(BoardState.Safe));
    }

    [Test]
    public void EmergencyStop_IsInTheNextStatus_OpensTheRelayAndLatches()
    {
        Arm();
        Pass(103);
        var pressed = board.Cycle;
        board.Do("estop open");
        Until(() => host.Status!.State == BoardState.Stopped);

        var next = board.Frames.First(frame => frame.Cycle > pressed + (int)(0.003 * 16_000_000));
        var latched = board.Frames.First(frame => frame.Cycle > pressed && StatusOf(frame.Frame).State == BoardState.Stopped);
        Assert.Multiple(() =>
        {
            Assert.That(StatusOf(next.Frame).InputOpen, "the next status tells that the contact is open");
            Assert.That(EmulatedBoard.Milliseconds(board.Relay[^1].Cycle - pressed), Is.InRange(4, 7), "five milliseconds of debounce");
            Assert.That(EmulatedBoard.Milliseconds(latched.Cycle - pressed), Is.LessThan(11), "that it latched is told at once");
            Assert.That(events, Has.Member(new BoardEvent.Contact(Open: true)));
        });

        board.Do("estop closed");
        Pass(200);
        Assert.That(host.Status!.State, Is.EqualTo(BoardState.Stopped), "released is not reset");
        Ask(BoardCommand.Arm, BoardAnswer.NotAllowed);
        Ask(BoardCommand.ResetEmergencyStop, BoardAnswer.Done);
        Assert.That(board.Relay[^1].Closed, Is.False, "a reset closes nothing");
        Arm();
    }

    [Test]
    public void EmergencyStop_StillPressed_CannotBeReset()
    {
        board.Do("estop open");
        Until(() => host.Status!.State == BoardState.Stopped);

        Ask(BoardCommand.ResetEmergencyStop, BoardAnswer.NotAllowed);
    }

    [Test]
    public void EmergencyStop_WithHold_OpensTheRelayAfterIt_WithoutTheHost()
    {
        Assert.That(host.Send(BoardCommand.SetHold, TimeSpan.FromMilliseconds(300)));
        Until(() => events.OfType<BoardEvent.Answered>().Any());
        Arm();
        var pressed = board.Cycle;
        board.Do("estop open");
        Pass(40);
        board.IsDeaf = true;
        Pass(400);

        Assert.That(EmulatedBoard.Milliseconds(board.Relay[^1].Cycle - pressed), Is.InRange(300, 335));
        Assert.That(host.Status!.Hold.TotalMilliseconds, Is.EqualTo(300));
    }

    [Test]
    public void EmergencyStop_ByCommand_Latches()
    {
        Arm();

        Ask(BoardCommand.EmergencyStop, BoardAnswer.Done);
        Until(() => host.Status!.State == BoardState.Stopped);
        Assert.That(board.Relay[^1].Closed, Is.False);
    }

    [TestCase("reset", ResetCause.Pin)]
    [TestCase("brownout", ResetCause.BrownOut)]
    [TestCase("hang", ResetCause.Watchdog)]
    public void Restart_IsNamedByItsCause_AndTheBoardIsSafe(string how, ResetCause cause)
    {
        Arm();
        Pass(100);
        var then = board.Cycle;
        board.Do(how);
        Until(() => events.OfType<BoardEvent.Restarted>().Any());

        Assert.Multiple(() =>
        {
            Assert.That(events, Has.Member(new BoardEvent.Restarted(cause)));
            Assert.That(host.Status!.State, Is.EqualTo(BoardState.Safe));
            Assert.That(host.Status.RelayClosed, Is.False);
            Assert.That(EmulatedBoard.Milliseconds(board.Cycle - then), Is.LessThan(220));
        });
        Arm();
    }

    [Test]
    public void Hang_IsSilentFirst()
    {
        board.Do("hang");
        Until(() => events.OfType<BoardEvent.Restarted>().Any());

        Assert.That(events.FindIndex(e => e is BoardEvent.Silent), Is.GreaterThanOrEqualTo(0).And.LessThan(events.FindIndex(e => e is BoardEvent.Restarted)));
    }

    [Test]
    public void OldHeartbeats_KeptInABuffer_DoNotKeepItArmed()
    {
        Arm();
        Pass(200);
        // Everything the host said in these 200 ms comes once more, again and again, as from a buffer that was held up.
        var recorded = new RecordingLink(board);
        var other = new SafetyBoard(recorded, board);
        for (var i = 0; i < 40; i++) other.Poll(Slice);
        board.IsDeaf = true;
        for (var i = 0; i < 30; i++)
        {
            board.IsDeaf = false;
            foreach (var frame in recorded.Written) board.Write(frame, Slice);
            board.IsDeaf = true;
            Pass(20);
        }

        Assert.That(host.Status!.State, Is.EqualTo(BoardState.Safe));
        Assert.That(host.Status.HostHeard, Is.False);
    }

    [Test]
    public void Command_OlderThanItsTime_IsStale()
    {
        var recorded = new RecordingLink(board) { Delivers = false };
        var late = new SafetyBoard(recorded, board, SafetyBoardOptions.Default with { TimeToLive = TimeSpan.FromMilliseconds(30), Attempts = 1 });
        while (late.Status is null) late.Poll(Slice);
        recorded.Written.Clear();
        late.Send(BoardCommand.Arm);
        late.Send(BoardCommand.EmergencyStop);
        Pass(200);
        board.Write(recorded.Written[0], Slice);
        Pass(100);
        Assert.That(host.Status!.State, Is.EqualTo(BoardState.Safe), "what was to be armed 200 ms ago is not");

        board.Write(recorded.Written[1], Slice);
        Until(() => host.Status!.State == BoardState.Stopped);
    }

    [Test]
    public void OnePercentOfBytesFlipped_TheBoardStaysArmed_AndCountsThem()
    {
        Arm();
        board.Do("flip 10000 7");
        Pass(3_000);

        Assert.That(host.Status!.CrcErrors, Is.GreaterThan(4));
        Assert.That(host.Status.State, Is.EqualTo(BoardState.Armed), "one heartbeat in ten is lost; five in a row would open the relay");
        Assert.That(events.OfType<BoardEvent.Restarted>(), Is.Empty);
    }

    // The other way round: what the board says comes damaged. Nothing of it is believed, and the worst that it does is to cost the power.
    [Test]
    public void OnePercentOfTheBoardsBytesFlipped_NothingFalseIsBelieved_AndItIsOverWhenTheyAreRightAgain()
    {
        Arm();
        board.Do("flip-out 10000 7");
        Pass(3_000);

        Assert.That(host.Damaged, Is.GreaterThan(10));
        Assert.That(events.OfType<BoardEvent.Restarted>(), Is.Empty);
        Assert.That(events.OfType<BoardEvent.Contact>(), Is.Empty);
        Assert.That(events.OfType<BoardEvent.Changed>().Select(e => e.To), Has.None.EqualTo(BoardState.Stopped));

        board.Do("flip-out 0 7");
        var damaged = host.Damaged;
        Pass(500);
        Assert.That(host.Damaged, Is.LessThanOrEqualTo(damaged + 1), "but for the one that was on its way");
        if (host.Status!.State == BoardState.Safe) Arm();
        Assert.That(host.Status!.State, Is.EqualTo(BoardState.Armed));
    }

    [Test]
    public void Battery_Sags_IsInTheStatus()
    {
        Pass(100);
        Assert.That(host.Status!.BatteryVolts, Is.EqualTo(24).Within(0.1));

        board.Do("battery 17500");
        Pass(100);
        Assert.That(host.Status.BatteryVolts, Is.EqualTo(17.5).Within(0.1));
    }

    [Test]
    public void HostThatIsNotWell_SendsNoHeartbeat()
    {
        var isWell = true;
        host = new(board, board, isFit: () => isWell);
        Until(() => host.Status is not null);
        Arm();

        isWell = false;
        Until(() => host.Status!.State == BoardState.Safe);
        Assert.That(board.Relay[^1].Closed, Is.False);
    }

    private static BoardStatus StatusOf(byte[] frame)
    {
        ReadOnlySpan<byte> bytes = frame;
        Assert.That(new BoardDecoder().TryTake(ref bytes, out var taken));
        return BoardStatus.Read(taken)!;
    }

    private void Arm()
    {
        Until(() => host.Status!.HostHeard);
        Ask(BoardCommand.Arm, BoardAnswer.Done);
        Until(() => host.Status!.State == BoardState.Armed);
    }

    private void Ask(BoardCommand command, BoardAnswer answer)
    {
        events.RemoveAll(e => e is BoardEvent.Answered);
        Assert.That(host.Send(command));
        Until(() => events.OfType<BoardEvent.Answered>().Any());
        Assert.That(events.OfType<BoardEvent.Answered>().Single(), Is.EqualTo(new BoardEvent.Answered(command, answer)));
    }

    private void Pass(double milliseconds)
    {
        var end = board.Cycle + (long)(milliseconds * 16_000);
        Until(() => board.Cycle >= end);
    }

    private void Until(Func<bool> holds)
    {
        var end = board.Cycle + (30L * 16_000_000);
        while (!holds())
        {
            Assert.That(board.Cycle, Is.LessThan(end), $"not within 30 s of the board's time; it said {host.Status}, seen were {string.Join(", ", events)}; {board.Errors}");
            events.AddRange(host.Poll(Slice));
        }
    }
}
