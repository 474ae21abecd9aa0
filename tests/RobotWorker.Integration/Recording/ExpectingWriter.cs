using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using RobotWorker.Ros.Codecs;
using RobotWorker.Ros.Messages;

namespace RobotWorker.Integration.Recording;

/// <summary>A message as the JSON that the peer prints for it: 64-bit integers and odd floats as text, everything else as it is.</summary>
internal sealed class ExpectingWriter : IFieldWriter
{
    private readonly JsonObject fields = [];

    public static JsonObject Expect(IRosMessage message)
    {
        var writer = new ExpectingWriter();
        message.Write(ref writer);
        return writer.fields;
    }

    public RosDialect Dialect => RosDialect.Ros2;

    public void Value<T>(string name, T value) where T : unmanaged => fields[name] = Plain(value);

    public void Text(string name, string value, int limit = int.MaxValue) => fields[name] = value;

    public void Message<T>(string name, T value) where T : IRosMessage => fields[name] = Expect(value);

    public void Values<T>(string name, ImmutableArray<T> values, Bounds bounds) where T : unmanaged =>
        fields[name] = new JsonArray([.. values.Select(value => Plain(value))]);

    public void Texts(string name, ImmutableArray<string> values, Bounds bounds) =>
        fields[name] = new JsonArray([.. values.Select(value => (JsonNode)value)]);

    public void Messages<T>(string name, ImmutableArray<T> values, Bounds bounds) where T : IRosMessage =>
        fields[name] = new JsonArray([.. values.Select(value => (JsonNode)Expect(value))]);

    public void Nothing()
    {
    }

    private static JsonNode Plain<T>(T value) where T : unmanaged => value switch
    {
        bool truth => truth,
        long number => number.ToString(CultureInfo.InvariantCulture),
        ulong number => number.ToString(CultureInfo.InvariantCulture),
        float number => Plain((double)number),
        double number when double.IsNaN(number) => "NaN",
        double number when double.IsInfinity(number) => number > 0 ? "Infinity" : "-Infinity",
        double number => number,
        _ => Convert.ToDouble(value, CultureInfo.InvariantCulture),
    };
}
