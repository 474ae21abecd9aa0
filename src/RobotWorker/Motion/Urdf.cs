using System.Collections.Immutable;
using System.Xml;
using System.Xml.Linq;
using RobotWorker.Diagnostics;

namespace RobotWorker.Motion;

/// <summary>
/// Reads a URDF (the XML that ROS robots publish on <c>/robot_description</c>; wiki.ros.org/urdf/XML) as far as motion needs it: links and
/// joints. Shapes, inertias and transmissions are passed over. Findings have the codes RW0251 to RW0259 with line and column.
/// </summary>
public static class Urdf
{
    /// <param name="xml">The document's text; a DTD is refused, so nothing is ever fetched or expanded.</param>
    /// <param name="name">What to call the document in findings: a file or a topic.</param>
    /// <returns>The model, or null when <paramref name="bag"/> took an error.</returns>
    public static RobotModel? Parse(string xml, string name, DiagnosticBag bag)
    {
        var root = Load(xml, name, bag);
        if (root is null) return null;

        var before = bag.All.Count;
        var read = new UrdfElements(name, bag);
        if (root.Name.LocalName != "robot")
        {
            bag.Error(Codes.UrdfMissing, read.At(root), $"the document is a <{root.Name.LocalName}>, not a <robot>", "a URDF starts with <robot name=\"...\">");
            return null;
        }
        var links = root.Elements("link").Select(e => read.Text(e, "name")).OfType<string>().Select(n => new RobotLink(n)).ToImmutableArray();
        var joints = root.Elements("joint").Select(e => (Element: e, Joint: ReadJoint(e, read))).Where(j => j.Joint is not null).ToList();
        CheckNames(root, read);
        if (bag.All.Skip(before).Any(d => d.Severity == Severity.Error)) return null;

        var top = UrdfTree.Root(root, links, [.. joints.Select(j => (j.Element, j.Joint!))], read);
        return top is null ? null : new(root.Attribute("name")?.Value ?? name, top, links, [.. joints.Select(j => j.Joint!)]);
    }

    private static XElement? Load(string xml, string name, DiagnosticBag bag)
    {
        var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null };
        using var text = new StringReader(xml);
        using var reader = XmlReader.Create(text, settings);
        try
        {
            return XDocument.Load(reader, LoadOptions.SetLineInfo).Root;
        }
        catch (XmlException e)
        {
            // The reader names no place for a refused DTD.
            var dtd = e.LineNumber == 0 ? xml.IndexOf("<!DOCTYPE", StringComparison.Ordinal) : -1;
            if (dtd >= 0) bag.Error(Codes.UrdfUnreadable, PlaceOf(dtd, xml, name), "a DTD is not read here", "remove it");
            else bag.Error(Codes.UrdfUnreadable, new(name, e.LineNumber, e.LinePosition), $"this is not well-formed XML: {e.Message}");
            return null;
        }
    }

    private static Place PlaceOf(int index, string text, string name) =>
        new(name, text.AsSpan(0, index).Count('\n') + 1, index - (index == 0 ? -1 : text.LastIndexOf('\n', index - 1)));

    private static RobotJoint? ReadJoint(XElement e, UrdfElements read)
    {
        var name = read.Text(e, "name");
        var type = ReadType(e, read);
        var parent = read.Child(e, "parent") is { } p ? read.Text(p, "link") : null;
        var child = read.Child(e, "child") is { } c ? read.Text(c, "link") : null;
        var origin = ReadOrigin(e.Element("origin"), read);
        var axis = type is JointType.Fixed ? Vec3.UnitX : ReadAxis(e.Element("axis"), read);
        var limits = type is { } t ? ReadLimits(e, t, read) : null;
        var mimic = e.Element("mimic") is { } m && read.Text(m, "joint") is { } followed
            ? new JointMimic(followed, read.Number(m, "multiplier", 1), read.Number(m, "offset", 0)) : null;
        return name is null || type is null || parent is null || child is null || limits is null
            ? null : new(name, type.Value, parent, child, origin, axis, limits, mimic);
    }

    private static JointType? ReadType(XElement e, UrdfElements read)
    {
        switch (read.Text(e, "type"))
        {
            case "fixed": return JointType.Fixed;
            case "revolute": return JointType.Revolute;
            case "continuous": return JointType.Continuous;
            case "prismatic": return JointType.Prismatic;
            case null: return null;
            case var other:
                read.Error(Codes.UrdfJointType, e.Attribute("type")!, $"joint type '{other}' cannot be used", Nearest.Help(other, ["revolute", "continuous", "prismatic", "fixed"]));
                return null;
        }
    }

    private static Pose ReadOrigin(XElement? e, UrdfElements read) =>
        e is null ? Pose.Identity : new(read.Vector(e, "xyz", Vec3.Zero), read.Vector(e, "rpy", Vec3.Zero) is var r ? Quat.FromRpy(r.X, r.Y, r.Z) : default);

    private static Vec3 ReadAxis(XElement? e, UrdfElements read)
    {
        if (e is null) return Vec3.UnitX;   // URDF's default
        var axis = read.Vector(e, "xyz", Vec3.UnitX);
        if (axis.Length < 1e-9) read.Error(Codes.UrdfNoAxis, e, "the axis has no direction", "xyz is a vector such as \"0 0 1\"");
        return axis.Normalized();
    }

    private static JointLimits? ReadLimits(XElement joint, JointType type, UrdfElements read)
    {
        var e = joint.Element("limit");
        var bounded = type is JointType.Revolute or JointType.Prismatic;
        if (e is null)
        {
            if (!bounded) return JointLimits.None;
            read.Error(Codes.UrdfLimits, joint, $"a {(type == JointType.Revolute ? "revolute" : "prismatic")} joint needs its <limit>",
                "<limit lower=\"-1\" upper=\"1\" velocity=\"1\" effort=\"10\"/>");
            return null;
        }
        var velocity = read.Number(e, "velocity", 0);
        var effort = read.Number(e, "effort", 0);
        if (velocity < 0 || effort < 0) read.Error(Codes.UrdfLimits, e, "velocity and effort limits are not negative");
        var lower = bounded ? read.Number(e, "lower", 0) : double.NegativeInfinity;
        var upper = bounded ? read.Number(e, "upper", 0) : double.PositiveInfinity;
        if (lower > upper) read.Error(Codes.UrdfLimits, e, $"the lower limit {lower} is above the upper limit {upper}", "swap them");
        return new(lower, upper, velocity > 0 ? velocity : double.PositiveInfinity, effort > 0 ? effort : double.PositiveInfinity);
    }

    private static void CheckNames(XElement root, UrdfElements read)
    {
        foreach (var kind in new[] { "link", "joint" })
        {
            var seen = new SortedSet<string>(StringComparer.Ordinal);
            foreach (var e in root.Elements(kind))
                if (e.Attribute("name") is { } a && !seen.Add(a.Value)) read.Error(Codes.UrdfGivenTwice, a, $"there are two {kind}s named '{a.Value}'", "names are unique");
        }
    }
}
