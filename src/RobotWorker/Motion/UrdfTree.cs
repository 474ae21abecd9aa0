using System.Collections.Immutable;
using System.Xml.Linq;
using RobotWorker.Diagnostics;

namespace RobotWorker.Motion;

/// <summary>Checks that a URDF's joints make one tree of its links.</summary>
internal static class UrdfTree
{
    /// <returns>The root link, or null when it is no tree.</returns>
    public static string? Root(XElement robot, ImmutableArray<RobotLink> links, ImmutableArray<(XElement Element, RobotJoint Joint)> joints, UrdfElements read)
    {
        var names = links.Select(l => l.Name).ToList();
        var jointNames = joints.Select(j => j.Joint.Name).ToList();
        var parents = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var whole = true;
        void Error(string code, XObject at, string message, string? help = null)
        {
            read.Error(code, at, message, help);
            whole = false;
        }

        foreach (var (e, joint) in joints)
        {
            foreach (var (element, link) in new[] { ("parent", joint.Parent), ("child", joint.Child) })
                if (!names.Contains(link)) Error(Codes.UrdfUnknownName, e.Element(element)!, $"joint '{joint.Name}' names the link '{link}', which is not there", Nearest.Help(link, names));
            if (joint.Mimic is { } mimic && !jointNames.Contains(mimic.Joint))
                Error(Codes.UrdfUnknownName, e.Element("mimic")!, $"joint '{joint.Name}' follows the joint '{mimic.Joint}', which is not there", Nearest.Help(mimic.Joint, jointNames));
            if (!parents.TryAdd(joint.Child, joint.Parent)) Error(Codes.UrdfNotATree, e, $"link '{joint.Child}' hangs on two joints", "a link is the child of one joint");
        }
        if (!whole) return null;

        var roots = names.Where(n => !parents.ContainsKey(n)).ToList();
        if (roots.Count == 1 && names.TrueForAll(n => Reaches(n, roots[0], parents, names.Count))) return roots[0];
        Error(Codes.UrdfNotATree, robot, roots.Count switch
        {
            0 => "the links have no root: the joints go round in a circle, or there is no link",
            1 => "some joints go round in a circle",
            _ => $"the links are not one tree; without a parent are: {string.Join(", ", roots)}",
        }, "every link but one is the child of a joint");
        return null;
    }

    private static bool Reaches(string link, string root, SortedDictionary<string, string> parents, int most)
    {
        for (var step = 0; step <= most; step++)
        {
            if (link == root) return true;
            link = parents[link];
        }
        return false;
    }
}
