using System.Collections.Immutable;
using RobotWorker.Ros.Codecs;

namespace RobotWorker.Skills.Profile;

/// <summary>How the robot is reached.</summary>
/// <param name="TokenFile">A file whose text is the token that the server asks for, or null.</param>
/// <param name="Dialect">Null: found by asking.</param>
public sealed record ProfileConnection(RobotAddress Address, string? TokenFile, RosDialect? Dialect)
{
    /// <summary>A PEM file with the certificates of the authorities that are believed over <c>wss://</c>; null: those that this machine trusts.</summary>
    public string? CaFile { get; init; }

    /// <summary>The same robot at another address.</summary>
    public static ProfileConnection At(RobotAddress address, ProfileConnection? known) => (known ?? new(address, null, null)) with { Address = address };

    /// <summary>The same with what was given beside the profile, which goes before what stands in it.</summary>
    public ProfileConnection Believing(string? tokenFile, string? caFile) => this with { TokenFile = tokenFile ?? TokenFile, CaFile = caFile ?? CaFile };

    /// <summary>The dialect that will be spoken, as far as that is known before anybody asked.</summary>
    public RosDialect? SpokenDialect => Address.Wire == RobotWire.Ros1 ? RosDialect.Ros1 : Dialect;
}

/// <summary>The action that drives the base.</summary>
public enum NavigationType
{
    /// <summary><c>nav2_msgs/NavigateToPose</c>.</summary>
    NavigateToPose,

    /// <summary><c>move_base_msgs/MoveBase</c>.</summary>
    MoveBase,
}

/// <summary>Which action navigates. What is not given follows the dialect: Nav2's on ROS 2, move_base's on ROS 1.</summary>
public sealed record NavigationBinding(string? Name, NavigationType? Type)
{
    /// <summary>Everything follows the dialect.</summary>
    public static readonly NavigationBinding ByDialect = new(null, null);

    public NavigationType TypeOn(RosDialect dialect) => Type ?? (dialect == RosDialect.Ros1 ? NavigationType.MoveBase : NavigationType.NavigateToPose);

    public string NameOn(RosDialect dialect) => Name ?? (TypeOn(dialect) == NavigationType.MoveBase ? "/move_base" : "/navigate_to_pose");
}

/// <summary>One entry of the stop list.</summary>
public enum StopMeasure
{
    /// <summary>Calls the robot's own stop service.</summary>
    ProtectiveStop,

    /// <summary>Asks every action to cancel all of its goals, whoever sent them.</summary>
    CancelAll,

    /// <summary>Commands zero velocity, again and again until the deadline.</summary>
    ZeroVelocity,
}

/// <summary>Which controllers must be active for an action to work, as the controller manager names them.</summary>
/// <param name="Manager">The controller manager, <c>/controller_manager</c>.</param>
/// <param name="ByAction">By the action's key in the profile: <c>follow_joints</c>.</param>
public sealed record ControllerNeeds(string Manager, ImmutableSortedDictionary<string, ImmutableArray<string>> ByAction)
{
    /// <summary>Nothing is known to be needed.</summary>
    public static readonly ControllerNeeds None = new("/controller_manager", ImmutableSortedDictionary<string, ImmutableArray<string>>.Empty);
}
