using System.Collections.Immutable;

namespace RobotWorker.Diagnostics;

/// <summary>
/// Every diagnostic code of every kind of document, in one table; docs/diagnostics.md explains each, and a test compares the two.
/// RW0001 to 0099 documents, plans and their checker, 0100s scenes, 0200s robots, 0300s faults files, 0400s sentences and planner, 0500s run time.
/// </summary>
public static class Codes
{
    // Any document
    public const string Unreadable = "RW0001";
    public const string GivenTwice = "RW0002";
    public const string WrongKind = "RW0003";
    public const string Missing = "RW0004";
    public const string UnknownField = "RW0005";
    public const string NotANumber = "RW0006";
    public const string OutOfRange = "RW0007";
    public const string NotADuration = "RW0008";
    public const string NotAChoice = "RW0009";
    public const string NotAName = "RW0010";
    public const string WrongFormat = "RW0011";
    public const string WrongLength = "RW0012";
    public const string TooLarge = "RW0013";

    // Names in plans
    public const string UnknownObject = "RW0014";

    /// <summary>Code and meaning, in the order of the codes.</summary>
    public static readonly ImmutableArray<(string Code, string Meaning)> All =
    [
        (Unreadable, "The text is not valid YAML or JSON"),
        (GivenTwice, "A field or a name is given twice"),
        (WrongKind, "A value is of the wrong kind (mapping, list, text, number, true or false)"),
        (Missing, "A required field is missing or has no value"),
        (UnknownField, "A field is not known here"),
        (NotANumber, "A number is expected"),
        (OutOfRange, "A number or duration is out of its range"),
        (NotADuration, "A duration with its unit is expected"),
        (NotAChoice, "A word is not one of those allowed here"),
        (NotAName, "A name is not written as names are"),
        (WrongFormat, "The document is of another format or version"),
        (WrongLength, "A list has too few or too many entries"),
        (TooLarge, "The document is too large or nested too deeply"),
        (UnknownObject, "An object, place or part of the robot is not known"),
    ];
}
