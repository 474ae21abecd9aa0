namespace RobotWorker.Ros.Definitions;

/// <summary>How a definition is to be read.</summary>
public enum DefinitionRules
{
    /// <summary>Ours: the ROS 2 form, names as its style guide wants them.</summary>
    Own,

    /// <summary>The ROS 2 form as others write it: names in any case.</summary>
    Ros2,

    /// <summary>The ROS 1 form: <c>time</c>, <c>duration</c>, a bare <c>Header</c>, no quotes.</summary>
    Ros1,
}
