using RobotWorker.Ros.Actions;

namespace RobotWorker.Tests.Ros.Actions;

public class GoalLifeCycleTests
{
    // One row a state, one column an event, in the order of the enums; '-' is illegal.
    private const string Table = """
                   Sent    Accepted  Rejected  Started    CancelAsked  CancelGranted  CancelRefused  CancelTooLate  GoalNotKnown  AcceptTimedOut  ProgressStalled  CancelTimedOut  Succeeded  Canceled  Aborted  ServerLost
        Created    Sending -         -         -          -            -              -              -              -             -               -                -               -          -         -        -
        Sending    -       Accepted  Rejected  Executing  Sending      -              -              -              -             Canceling       -                -               Succeeded  Canceled  Aborted  Unknown
        Accepted   -       Accepted  -         Executing  Canceling    -              -              -              -             -               Canceling        -               Succeeded  Canceled  Aborted  Unknown
        Executing  -       Executing -         Executing  Canceling    -              -              -              -             -               Canceling        -               Succeeded  Canceled  Aborted  Unknown
        Canceling  -       Canceling Rejected  Canceling  -            Canceling      Executing      Canceling      Unknown       -               -                Unknown         Succeeded  Canceled  Aborted  Unknown
        Succeeded  -       -         -         -          -            -              -              -              -             -               -                -               -          -         -        -
        Canceled   -       -         -         -          -            -              -              -              -             -               -                -               -          -         -        -
        Aborted    -       -         -         -          -            -              -              -              -             -               -                -               -          -         -        -
        Rejected   -       -         -         -          -            -              -              -              -             -               -                -               -          -         -        -
        Unknown    -       -         -         -          -            -              -              -              -             -               -                -               -          -         -        -
        """;

    [Test]
    public void Next_EveryStateAndEvent_IsAsTheTableSays()
    {
        var lines = Table.Split('\n').Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToList();
        Assert.That(lines[0], Is.EqualTo(Enum.GetNames<GoalEvent>()), "every event has a column");
        Assert.That(lines.Skip(1).Select(line => line[0]), Is.EqualTo(Enum.GetNames<GoalState>()), "every state has a row");

        foreach (var line in lines.Skip(1))
            for (var column = 0; column < lines[0].Length; column++)
                Assert.That(Next(Enum.Parse<GoalState>(line[0]), Enum.Parse<GoalEvent>(lines[0][column])), Is.EqualTo(line[column + 1]), $"{line[0]} + {lines[0][column]}");
    }

    [Test]
    public void IsEnd_IsTrueOfTheStatesThatNothingFollows() =>
        Assert.That(Enum.GetValues<GoalState>().Where(state => state.IsEnd()),
            Is.EqualTo([GoalState.Succeeded, GoalState.Canceled, GoalState.Aborted, GoalState.Rejected, GoalState.Unknown]));

    [Test]
    public void Next_IllegalEvent_NamesStateAndEvent()
    {
        var error = Assert.Throws<IllegalGoalTransitionException>(() => GoalLifeCycle.Next(GoalState.Succeeded, GoalEvent.Accepted));

        Assert.That(error!.Message, Is.EqualTo("Accepted cannot happen to a goal that is Succeeded"));
        Assert.That((error.State, error.Happened), Is.EqualTo((GoalState.Succeeded, GoalEvent.Accepted)));
    }

    /// <summary>What the table says; null: the event is illegal in the state.</summary>
    internal static GoalState? Expected(GoalState state, GoalEvent happened)
    {
        var row = Table.Split('\n').Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).First(cells => cells[0] == state.ToString());
        return Enum.TryParse<GoalState>(row[1 + (int)happened], out var next) ? next : null;
    }

    private static string Next(GoalState state, GoalEvent happened)
    {
        try
        {
            return GoalLifeCycle.Next(state, happened).ToString();
        }
        catch (IllegalGoalTransitionException)
        {
            return "-";
        }
    }
}
