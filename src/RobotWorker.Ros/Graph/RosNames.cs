namespace RobotWorker.Ros.Graph;

/// <summary>The rules for names of topics, services and actions (ROS 2 design, "Topic and Service name mapping").</summary>
public static class RosNames
{
    /// <summary>What is wrong with an absolute name, or null.</summary>
    public static string? Problem(string name)
    {
        if (string.IsNullOrEmpty(name)) return "a name is empty";
        if (name[0] != '/') return $"'{name}' is not absolute; did you mean '/{name}'?";
        if (name.Length == 1) return "'/' names nothing";
        var start = 1;
        for (var i = 1; i <= name.Length; i++)
        {
            if (i < name.Length && name[i] != '/')
            {
                if (!char.IsAsciiLetterOrDigit(name[i]) && name[i] != '_')
                    return $"'{name}' has '{name[i]}' at {i}; letters, digits, '_' and '/' are allowed";
                continue;
            }

            if (i == start) return $"'{name}' has an empty part";
            if (char.IsAsciiDigit(name[start])) return $"'{name}': a part starts with a digit";
            start = i + 1;
        }

        return name.Contains("__", StringComparison.Ordinal) ? $"'{name}' has '__'" : null;
    }

    /// <summary>Checks a name.</summary>
    /// <exception cref="RosGraphException">It is not a name.</exception>
    public static void Check(string name)
    {
        if (Problem(name) is { } problem) throw new RosGraphException(problem);
    }
}
