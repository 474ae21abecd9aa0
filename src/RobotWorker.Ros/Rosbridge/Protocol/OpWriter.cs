using System.Globalization;
using System.Text;
using RobotWorker.Ros.Codecs;
using RobotWorker.Ros.Messages;
using RobotWorker.Ros.Wire;

namespace RobotWorker.Ros.Rosbridge.Protocol;

/// <summary>Writes one op field by field: <c>new OpWriter(builder, "advertise").Text("topic", "/a").Take()</c>.</summary>
internal readonly ref struct OpWriter
{
    private readonly FrameBuilder output;

    public OpWriter(FrameBuilder output, string op)
    {
        this.output = output;
        output.Clear();
        output.Append("{\"op\":"u8);
        EnvelopeText.Append(output, op);
    }

    public OpWriter Text(string name, string value)
    {
        Name(name);
        EnvelopeText.Append(output, value);
        return this;
    }

    public OpWriter Number(string name, double value)
    {
        Name(name);
        output.Append(Encoding.UTF8.GetBytes(value.ToString("R", CultureInfo.InvariantCulture)));
        return this;
    }

    public OpWriter Truth(string name, bool value)
    {
        Name(name);
        output.Append(value ? "true"u8 : "false"u8);
        return this;
    }

    /// <summary>Writes what is JSON already.</summary>
    public OpWriter Raw(string name, ReadOnlySpan<byte> json)
    {
        Name(name);
        output.Append(json);
        return this;
    }

    /// <exception cref="RosCodecException">The message does not fit its definition; the op is given up.</exception>
    public OpWriter Message(string name, IRosMessage message, RosDialect dialect)
    {
        Name(name);
        try
        {
            RosJson.Serialize(message, dialect, output);
        }
        catch
        {
            output.Clear();
            throw;
        }

        return this;
    }

    public OutFrame Take(FrameKind kind = FrameKind.Command)
    {
        output.Append("}"u8);
        return output.Take(kind);
    }

    private void Name(string name)
    {
        output.Append(",\""u8);
        output.Append(Encoding.UTF8.GetBytes(name));
        output.Append("\":"u8);
    }
}
