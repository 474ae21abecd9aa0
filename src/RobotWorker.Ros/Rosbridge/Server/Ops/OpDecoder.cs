using System.Text.Json;

namespace RobotWorker.Ros.Rosbridge.Server.Ops;

/// <summary>
/// Turns the frames of one client into operations. A frame may hold several JSON values, one after another; it may be a text or a binary one. What cannot
/// be understood becomes a <see cref="BadOp"/>: no input is an exception.
/// </summary>
/// <param name="mostBytes">The largest message that fragments may make.</param>
internal sealed class OpDecoder(int mostBytes)
{
    private const int DeepestNesting = 64;

    private static readonly JsonReaderOptions Several = new() { AllowMultipleValues = true, CommentHandling = JsonCommentHandling.Disallow, MaxDepth = DeepestNesting };

    private readonly FragmentAssembler fragments = new(mostBytes);

    /// <summary>Adds the frame's operations to <paramref name="ops"/>; they refer to the frame's bytes.</summary>
    public void Decode(ReadOnlyMemory<byte> frame, List<ClientOp> ops) => Decode(frame, ops, isFragment: false);

    private void Decode(ReadOnlyMemory<byte> frame, List<ClientOp> ops, bool isFragment)
    {
        var reader = new Utf8JsonReader(frame.Span, Several);
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType != JsonTokenType.StartObject)
                {
                    reader.Skip();
                    ops.Add(new BadOp(OpId.None, "an operation is a JSON object with 'op'"));
                    continue;
                }

                DecodeOne(OpFields.Read(ref reader, frame), ops, isFragment);
            }
        }
        catch (JsonException broken)
        {
            ops.Add(new BadOp(OpId.None, $"this is no JSON, or nested deeper than {DeepestNesting} levels: line {broken.LineNumber + 1}, byte {broken.BytePositionInLine}"));
        }
        catch (InvalidOperationException)
        {
            ops.Add(new BadOp(OpId.None, "a field's name is no valid text"));
        }
    }

    private void DecodeOne(OpFields fields, List<ClientOp> ops, bool isFragment)
    {
        var id = OpId.None;
        var name = "?";
        try
        {
            id = fields.Id;
            name = fields.Required("op");
            if (name != "fragment") ops.Add(OpReader.Read(name, id, fields));
            else if (isFragment) throw new OpException("a fragment within a fragment");
            else if (fragments.Add(fields) is { } whole) Decode(whole, ops, isFragment: true);
        }
        catch (OpException wrong)
        {
            ops.Add(new BadOp(id, $"{name}: {wrong.Message}"));
        }
    }
}
