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

    // Names and conditions in plans
    public const string UnknownObject = "RW0014";
    public const string NotACondition = "RW0015";
    public const string UnknownPredicate = "RW0016";
    public const string WrongArity = "RW0017";
    public const string WrongType = "RW0018";
    public const string UnknownType = "RW0019";
    public const string TypeConflict = "RW0020";

    // Steps
    public const string NotAStep = "RW0021";
    public const string UnknownSkill = "RW0022";
    public const string UnknownArgument = "RW0023";
    public const string MissingArgument = "RW0024";
    public const string WrongValue = "RW0025";
    public const string ValueOutOfRange = "RW0026";
    public const string UnknownOutput = "RW0027";

    // Variables and calls
    public const string UndefinedVariable = "RW0028";
    public const string UnusedVariable = "RW0029";
    public const string UnknownPlan = "RW0030";
    public const string RecursiveCall = "RW0031";
    public const string UnreadFile = "RW0032";

    // What cannot go well
    public const string Contradiction = "RW0033";
    public const string DeadlineBeyondPlan = "RW0034";
    public const string RepeatedIrreversible = "RW0035";
    public const string SharedResource = "RW0036";
    public const string UselessRetry = "RW0037";
    public const string DeadEnd = "RW0038";

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
        (NotACondition, "A condition is not written as conditions are"),
        (UnknownPredicate, "A predicate is not in the catalogue"),
        (WrongArity, "A predicate has too few or too many names"),
        (WrongType, "An object is not of the type that is needed here"),
        (UnknownType, "A type is not in the catalogue"),
        (TypeConflict, "An object is declared with another type than the scene's"),
        (NotAStep, "A step is none of the kinds of steps, or of several kinds at once"),
        (UnknownSkill, "A skill is not in the catalogue"),
        (UnknownArgument, "A skill or plan has no such argument"),
        (MissingArgument, "An argument that must be given is missing"),
        (WrongValue, "An argument's value is of the wrong kind or has a unit"),
        (ValueOutOfRange, "An argument's value is out of its range or none of its words"),
        (UnknownOutput, "A skill has no such output"),
        (UndefinedVariable, "A variable is used where it has no value"),
        (UnusedVariable, "A parameter, iteration variable or output is never used"),
        (UnknownPlan, "A call names a plan that is not there"),
        (RecursiveCall, "A plan calls itself, directly or through others"),
        (UnreadFile, "Another file that the plan names cannot be read"),
        (Contradiction, "A condition contradicts one of the catalogue's, which can be tightened only"),
        (DeadlineBeyondPlan, "A step may take longer than the whole plan"),
        (RepeatedIrreversible, "A step that cannot be undone stands in a loop"),
        (SharedResource, "Steps in parallel need the same part of the robot"),
        (UselessRetry, "A retry cannot do what it says"),
        (DeadEnd, "A step's precondition cannot hold when its turn comes"),
    ];
}
