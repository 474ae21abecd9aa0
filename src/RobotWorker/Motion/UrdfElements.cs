using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using RobotWorker.Diagnostics;

namespace RobotWorker.Motion;

/// <summary>Typed access to the elements of a URDF; what is missing or malformed becomes a finding at its place.</summary>
internal sealed class UrdfElements(string file, DiagnosticBag bag)
{
    public Place At(XObject x) => x is IXmlLineInfo info && info.HasLineInfo() ? new(file, info.LineNumber, info.LinePosition) : new(file, 0, 0);

    public void Error(string code, XObject at, string message, string? help = null) => bag.Error(code, At(at), message, help);

    public string? Text(XElement e, string attribute)
    {
        var value = e.Attribute(attribute)?.Value.Trim();
        if (!string.IsNullOrEmpty(value)) return value;
        Error(Codes.UrdfMissing, e, $"<{e.Name.LocalName}> has no '{attribute}'", $"give {attribute}=\"...\"");
        return null;
    }

    public XElement? Child(XElement e, string name)
    {
        var child = e.Element(name);
        if (child is null) Error(Codes.UrdfMissing, e, $"<{e.Name.LocalName}> has no <{name}>");
        return child;
    }

    public double Number(XElement e, string attribute, double otherwise)
    {
        if (e.Attribute(attribute) is not { } a) return otherwise;
        if (TryNumber(a.Value, out var number)) return number;
        Error(Codes.UrdfNotANumber, a, $"'{a.Value}' is not a number");
        return otherwise;
    }

    public Vec3 Vector(XElement e, string attribute, Vec3 otherwise)
    {
        if (e.Attribute(attribute) is not { } a) return otherwise;
        var words = a.Value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 3 && TryNumber(words[0], out var x) && TryNumber(words[1], out var y) && TryNumber(words[2], out var z)) return new(x, y, z);
        Error(Codes.UrdfNotANumber, a, $"'{a.Value}' is not three numbers", "such as \"0 0 1\"");
        return otherwise;
    }

    private static bool TryNumber(string text, out double number) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && double.IsFinite(number);
}
