namespace RobotWorker.Ros.Codecs;

/// <summary>What becomes of a member that a message's type does not have.</summary>
public enum UnknownFields
{
    /// <summary>It is an error that names it, as rosbridge's servers treat it: a misspelt field is not to become a default.</summary>
    Refuse,

    /// <summary>It is skipped: message types grow fields between distributions.</summary>
    Ignore,
}
