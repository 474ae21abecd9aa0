using System.Collections.Generic;

namespace RobotWorker.Ros.Definitions;

/// <summary>What a definition file describes; the folder that it lies in says so.</summary>
public enum DefinitionKind
{
    /// <summary>A message, <c>msg/</c>: one structure.</summary>
    Message,

    /// <summary>A service, <c>srv/</c>: request and response.</summary>
    Service,

    /// <summary>An action, <c>action/</c>: goal, result and feedback.</summary>
    Action,
}

/// <summary>How many values a field holds.</summary>
public enum ArrayKind
{
    /// <summary>One value, <c>float64 x</c>.</summary>
    None,

    /// <summary>Exactly so many, <c>float64[36] x</c>.</summary>
    Fixed,

    /// <summary>At most so many, <c>float64[&lt;=5] x</c>.</summary>
    Bounded,

    /// <summary>Any number, <c>float64[] x</c>.</summary>
    Unbounded,
}

/// <summary>The type of a field.</summary>
/// <param name="Package">The package of a nested message; empty for a primitive.</param>
/// <param name="Name">The primitive (<c>float64</c>, <c>string</c>) or the message's name.</param>
/// <param name="TextLimit">The greatest length of a bounded string in bytes, else <see cref="int.MaxValue"/>.</param>
/// <param name="Array">Whether it is an array, and of which kind.</param>
/// <param name="Length">The length of a fixed array, the limit of a bounded one, else 0.</param>
public sealed record FieldType(string Package, string Name, int TextLimit, ArrayKind Array, int Length)
{
    /// <summary>Whether it is a number, truth value or text, not a nested message.</summary>
    public bool IsPrimitive => Package.Length == 0;
}

/// <summary>A field of a structure, with the line (from 1) in which it stands.</summary>
/// <param name="Type">Its type.</param>
/// <param name="Name">Its name as on the wire, <c>frame_id</c>.</param>
/// <param name="Default">The text of its default value, or null.</param>
/// <param name="Line">Its line in the file, from 1.</param>
public sealed record FieldDefinition(FieldType Type, string Name, string? Default, int Line)
{
    /// <summary>Its name on ROS 1: another one where the line says <c># ros1: K</c>.</summary>
    public string Ros1Name { get; init; } = Name;

    /// <summary>Whether ROS 2 has it; not if a comment of its own adds it, <c># ros1: uint32 seq</c>.</summary>
    public bool OnRos2 { get; init; } = true;

    /// <summary>Whether ROS 1 has it; not if the line says <c># ros1: -</c>.</summary>
    public bool OnRos1 { get; init; } = true;
}

/// <summary>A constant of a structure.</summary>
/// <param name="Type">A primitive.</param>
/// <param name="Name">Its name, <c>STATUS_ACCEPTED</c>.</param>
/// <param name="Value">The text of its value.</param>
/// <param name="Line">Its line in the file, from 1.</param>
public sealed record ConstantDefinition(string Type, string Name, string Value, int Line)
{
    /// <summary>Whether ROS 2 has it.</summary>
    public bool OnRos2 { get; init; } = true;

    /// <summary>Whether ROS 1 has it: constants count in its md5sums.</summary>
    public bool OnRos1 { get; init; } = true;
}

/// <summary>One structure: a message, or one of the parts of a service or action.</summary>
/// <param name="Name">The name on the wire: <c>PoseStamped</c>, <c>Trigger_Request</c>, <c>NavigateToPose_Goal</c>.</param>
/// <param name="Part">The part that it is: empty for a message, else <c>Request</c>, <c>Goal</c>, ...</param>
/// <param name="Fields">Its fields in the order of the wire.</param>
/// <param name="Constants">Its constants.</param>
/// <param name="Text">Its source text, lines ended by <c>\n</c>.</param>
public sealed record StructDefinition(
    string Name, string Part, IReadOnlyList<FieldDefinition> Fields, IReadOnlyList<ConstantDefinition> Constants, string Text);

/// <summary>A whole definition file.</summary>
/// <param name="Package">Its package, <c>geometry_msgs</c>.</param>
/// <param name="Kind">Message, service or action.</param>
/// <param name="Name">Its name, <c>PoseStamped</c>.</param>
/// <param name="Parts">Its structures: one, two or three.</param>
public sealed record Definition(string Package, DefinitionKind Kind, string Name, IReadOnlyList<StructDefinition> Parts);

/// <summary>Something wrong in a definition file.</summary>
/// <param name="Line">The line, from 1.</param>
/// <param name="Column">The column, from 1.</param>
/// <param name="Message">What is wrong and what would be right.</param>
public sealed record DefinitionProblem(int Line, int Column, string Message);
