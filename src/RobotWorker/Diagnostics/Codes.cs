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
    public const string OutsideZones = "RW0039";
    public const string Stranded = "RW0040";
    public const string Starved = "RW0041";
    public const string Unreachable = "RW0042";
    public const string UnverifiedRetry = "RW0043";
    public const string NoDeadline = "RW0044";
    public const string NotOnRobot = "RW0045";

    // Scenes
    public const string BadRange = "RW0101";
    public const string NotAColour = "RW0102";
    public const string UnknownFurniture = "RW0103";
    public const string UnknownSurface = "RW0104";
    public const string NameTaken = "RW0105";
    public const string ClassTaken = "RW0106";
    public const string NotAClass = "RW0107";
    public const string OffSurface = "RW0108";
    public const string NoRoom = "RW0109";
    public const string TooBigForGripper = "RW0110";
    public const string InsideFurniture = "RW0111";
    public const string OutsideRoom = "RW0112";
    public const string NotAnObjectShape = "RW0113";
    public const string UnreadRobot = "RW0114";
    public const string NoView = "RW0115";
    public const string Unserved = "RW0116";

    // Robots
    public const string NotAShape = "RW0201";
    public const string OutsideFootprint = "RW0202";
    public const string NoPosture = "RW0203";
    public const string PostureBeyondLimits = "RW0204";
    public const string NoFingers = "RW0205";
    public const string BlindCamera = "RW0206";

    // Robot profiles
    public const string NotARosName = "RW0221";
    public const string NotAnAddress = "RW0222";

    // Arms on a servo bus
    public const string EmptyCalibration = "RW0241";
    public const string BeyondCalibration = "RW0242";
    public const string EmptyGripper = "RW0243";

    // URDF
    public const string UrdfUnreadable = "RW0251";
    public const string UrdfMissing = "RW0252";
    public const string UrdfGivenTwice = "RW0253";
    public const string UrdfNotANumber = "RW0254";
    public const string UrdfJointType = "RW0255";
    public const string UrdfNoAxis = "RW0256";
    public const string UrdfLimits = "RW0257";
    public const string UrdfUnknownName = "RW0258";
    public const string UrdfNotATree = "RW0259";

    // Faults files
    public const string UnknownFaultObject = "RW0301";
    public const string NeverTriggered = "RW0302";
    public const string FaultMomentEmpty = "RW0303";
    public const string UnknownFaultState = "RW0304";
    public const string FaultNeedsWire = "RW0305";
    public const string UnknownFault = "RW0306";
    public const string FaultFollowsItself = "RW0307";

    // Sentences
    public const string NoSentence = "RW0401";
    public const string UnknownWord = "RW0402";
    public const string NotUnderstood = "RW0403";
    public const string NotInScene = "RW0404";
    public const string WhichOne = "RW0405";
    public const string WrongThing = "RW0406";
    public const string WhereTo = "RW0407";
    public const string NothingMeant = "RW0408";
    public const string CannotBoth = "RW0409";
    public const string NotACommand = "RW0410";
    public const string UnclearTask = "RW0411";
    public const string NoPlan = "RW0412";

    // Run time
    public const string NoScene = "RW0500";
    public const string NoSimulator = "RW0501";
    public const string MachineRefused = "RW0502";
    public const string SpeedNotHeld = "RW0503";
    public const string RobotNotReady = "RW0504";
    public const string NotOnGraph = "RW0505";
    public const string JournalRefused = "RW0506";
    public const string NoEpisode = "RW0507";
    public const string FaultRefused = "RW0508";
    public const string Internal = "RW0599";

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
        (OutsideZones, "A place is not among the zones that the plan's limits allow"),
        (Stranded, "A step may be broken off with something half done that nothing puts right"),
        (Starved, "A condition can never turn, or cannot last as long as it must"),
        (Unreachable, "A step is never reached"),
        (UnverifiedRetry, "Something that cannot be undone is tried again though nothing shows what the first attempt did"),
        (NoDeadline, "A motion has no deadline"),
        (NotOnRobot, "The robot lacks what a step needs"),
        (BadRange, "A range goes from a higher number down to a lower one"),
        (NotAColour, "A colour is not written as \"#rrggbb\""),
        (UnknownFurniture, "A surface or container belongs to furniture that is not in the scene, or of another kind"),
        (UnknownSurface, "A surface or container is not in the scene"),
        (NameTaken, "Two things of a scene have the same name"),
        (ClassTaken, "Two objects of a scene have the same class, so that nobody can tell them apart"),
        (NotAClass, "A class is not written as type and colour, such as cup/red, or its type is another"),
        (OffSurface, "An object's range reaches beyond the surface that it stands on"),
        (NoRoom, "The objects' ranges leave no room to place all of them apart"),
        (TooBigForGripper, "An object is larger than the gripper opens"),
        (InsideFurniture, "The robot would stand inside furniture, or furniture inside furniture"),
        (OutsideRoom, "Something lies outside the floor"),
        (NotAnObjectShape, "An object has no shape, or more than one"),
        (UnreadRobot, "The scene's robot file cannot be read"),
        (NoView, "A camera looks from a point at the same point, or straight up or down"),
        (Unserved, "No place serves the surface or container"),
        (NotAShape, "A shape is of no kind, of several kinds, or has no length"),
        (OutsideFootprint, "A solid shape of the robot's body reaches beyond its footprint"),
        (NoPosture, "A posture that the skills use is missing"),
        (PostureBeyondLimits, "A posture is beyond a joint's limits"),
        (NoFingers, "The gripper's pads begin inside its palm"),
        (BlindCamera, "The head camera is inside a shape of the head"),
        (NotARosName, "A topic, service or action is not named as ROS names are"),
        (NotAnAddress, "A robot's address is not one"),
        (EmptyCalibration, "A servo's calibrated range is empty"),
        (BeyondCalibration, "A gripper's end is beyond its servo's calibrated range"),
        (EmptyGripper, "A gripper is as wide open as closed"),
        (UrdfUnreadable, "A URDF is not well-formed XML, or has a DTD"),
        (UrdfMissing, "An element or attribute of a URDF is missing"),
        (UrdfGivenTwice, "Two links or joints of a URDF have one name"),
        (UrdfNotANumber, "A number or vector of a URDF cannot be read"),
        (UrdfJointType, "A joint of a URDF is of a type that cannot be used"),
        (UrdfNoAxis, "A joint's axis has no direction"),
        (UrdfLimits, "A joint's limits are missing or make no sense"),
        (UrdfUnknownName, "A joint names a link or joint that is not there"),
        (UrdfNotATree, "The links and joints of a URDF are not one tree"),
        (UnknownFaultObject, "A fault waits for an object that is not in the scene"),
        (NeverTriggered, "A fault's trigger has no condition"),
        (FaultMomentEmpty, "The moment of a fault, between 'after' and 'before', ends before it begins"),
        (UnknownFaultState, "A fault waits for something that is no state of the simulated world"),
        (FaultNeedsWire, "A fault of the wire is to happen in a run that has no wire"),
        (UnknownFault, "A fault is named that is not in the catalogue"),
        (FaultFollowsItself, "A fault is a consequence of itself, directly or through others"),
        (NoSentence, "There is no sentence, or it is far too long"),
        (UnknownWord, "A sentence starts with a verb that is not known, or has a sign that is not"),
        (NotUnderstood, "A word stands where it makes no sense"),
        (NotInScene, "A sentence names something that is not there"),
        (WhichOne, "A sentence names one of several things without saying which"),
        (WrongThing, "A thing is asked for what it is not made for"),
        (WhereTo, "A sentence does not say where to"),
        (NothingMeant, "It, them or there refers to nothing"),
        (CannotBoth, "Parts of a sentence cannot both come true"),
        (NotACommand, "A sentence forbids, asks or sets a condition, which is not read"),
        (UnclearTask, "A task such as tidying does not say what belongs where"),
        (NoPlan, "No plan leads from the world as it is to what is wanted"),
        (NoScene, "The plan does not say in which simulated scene it runs"),
        (NoSimulator, "The simulator cannot be used: MuJoCo is missing, or of a version whose layout is not known"),
        (MachineRefused, "The machine refused something: a file cannot be written, a disk is full"),
        (SpeedNotHeld, "The plan allows less speed than the robot drives, and the robot cannot be told"),
        (RobotNotReady, "The robot did not publish in time what says that it is there and how it is built, or its description is wrong"),
        (NotOnGraph, "A topic, service or action is not on the robot's graph, or what was typed in for it does not fit its type"),
        (JournalRefused, "A robot's journal cannot be used: another process writes it, an episode in it has not ended, it is damaged or of a newer version, or the machine refuses it"),
        (NoEpisode, "The journals have no such episode"),
        (FaultRefused, "A served robot was not found, does not answer, or does not know the fault that is to be cleared"),
        (Internal, "A mistake of RobotWorker's own"),
    ];
}
