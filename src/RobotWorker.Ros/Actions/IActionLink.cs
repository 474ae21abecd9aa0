namespace RobotWorker.Ros.Actions;

/// <summary>The way from an action's client to its server. Nothing is answered within these calls.</summary>
internal interface IActionLink<TGoal>
{
    /// <summary>Whether a server is there now.</summary>
    bool ServerIsThere { get; }

    /// <summary>Does something on the loop, after what is under way.</summary>
    void Later(Action work);

    /// <summary>Sends a goal.</summary>
    void SendGoal(Guid id, TGoal goal);

    /// <summary>Listens to a goal that somebody else sent and that may be running; where that cannot be, it is told as lost.</summary>
    void TakeUpGoal(Guid id);

    /// <summary>Asks to cancel a goal by its id, whether or not the server answered it.</summary>
    void CancelGoal(Guid id);
}

/// <summary>What a server says of a client's goals.</summary>
internal interface IActionReplies<in TResult, in TFeedback>
{
    /// <summary>Something happened to a goal that carries nothing; <paramref name="detail"/> says more where the wire knows more.</summary>
    void Happened(Guid id, GoalEvent happened, string detail = "");

    /// <summary>Feedback came.</summary>
    void Feedback(Guid id, TFeedback feedback);

    /// <summary>The result came, with Succeeded, Canceled or Aborted; <paramref name="detail"/> says why where the wire carries words beside it.</summary>
    void Ended(Guid id, GoalEvent end, TResult result, string detail = "");
}

/// <summary>The goals of one client that are under way on some wire.</summary>
internal interface IOpenGoals<TGoal> : IActionLink<TGoal>, IDisposable
{
    /// <summary>The way to the server is lost: nobody can say how its goals end.</summary>
    void LinkLost(string why);
}
