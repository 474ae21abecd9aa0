using RobotWorker.Diagnostics;

namespace RobotWorker.Sim.Robots;

/// <summary>The first field of a document names its format.</summary>
internal static class FormatField
{
    public static void Check(FieldReader fields, string name, string format)
    {
        if (fields.Node(name) is not null && fields.Text(name) is { Length: > 0 } text && text != format)
            fields.Bag.Error(Codes.WrongFormat, fields.PlaceOf(name), $"the format '{text}' is not known", $"this reads '{format}'");
    }
}
