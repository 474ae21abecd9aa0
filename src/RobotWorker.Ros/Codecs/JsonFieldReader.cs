using System.Buffers;
using System.Buffers.Text;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text;
using RobotWorker.Ros.Messages;

namespace RobotWorker.Ros.Codecs;

/// <summary>
/// Reads the members of a JSON object for the fields that a message asks for. Members that come in the order of the wire cost one look each; another
/// one is looked for behind them. What is read is remembered, so that at the object's end every member that nobody asked for is known.
/// </summary>
internal ref struct JsonFieldReader : IFieldReader
{
    private readonly JsonText text;
    private readonly RosDialect dialect;
    private readonly UnknownFields unknown;
    private MemberScope scope;

    private JsonFieldReader(JsonText text, RosDialect dialect, UnknownFields unknown)
    {
        this.text = text;
        this.dialect = dialect;
        this.unknown = unknown;
    }

    public readonly RosDialect Dialect => dialect;

    /// <summary>The message that is the whole text.</summary>
    public static T Read<T>(MessageType<T> type, JsonText text, RosDialect dialect, UnknownFields unknown) where T : IRosMessage
    {
        var reader = new JsonFieldReader(text, dialect, unknown);
        var at = 0;
        var message = reader.Fields(type, ref at, allowList: true);
        text.Peek(ref at);
        return at == text.Bytes.Length ? message : throw text.Unexpected(at, "nothing");
    }

    public T Value<T>(string name) where T : unmanaged
    {
        if (!Find(name, out var at)) return Missing<T>(name);
        var value = JsonNumbers.Parse<T>(text.Scalar(ref at), at);
        Done(at);
        return value;
    }

    public string Text(string name, int limit)
    {
        if (!Find(name, out var at)) return Missing<string>(name);
        var start = at;
        var value = text.Text(ref at);
        if (limit != int.MaxValue && Encoding.UTF8.GetByteCount(value) is var length && length > limit)
            throw RosCodecException.At("", start, $"the text has {length} bytes, at most {limit} are allowed");
        Done(at);
        return value;
    }

    public T Message<T>(string name) where T : IRosMessage<T> => Message(name, MessageType.Of<T>());

    public T Message<T>(string name, MessageType<T> type) where T : IRosMessage
    {
        if (!Find(name, out var at)) return Missing<T>(name);
        var value = Fields(type, ref at, allowList: false);
        Done(at);
        return value;
    }

    public ImmutableArray<T> Values<T>(string name, Bounds bounds) where T : unmanaged
    {
        if (!Find(name, out var at)) return Missing<ImmutableArray<T>>(name);
        var start = at;
        var values = typeof(T) == typeof(byte) && text.Peek(ref at) == '"' ? (T[])(object)Octets(ref at) : Numbers<T>(ref at);
        Check(values.Length, bounds, start);
        Done(at);
        return ImmutableCollectionsMarshal.AsImmutableArray(values);
    }

    public ImmutableArray<string> Texts(string name, Bounds bounds)
    {
        if (!Find(name, out var at)) return Missing<ImmutableArray<string>>(name);
        var start = at;
        var values = ImmutableArray.CreateBuilder<string>();
        text.Take(ref at, '[');
        if (text.Peek(ref at) != ']')
        {
            do
            {
                scope.Element = values.Count;
                values.Add(text.Text(ref at));
            }
            while (text.TakeComma(ref at, ']'));
        }

        at++;
        Check(values.Count, bounds, start);
        Done(at);
        return values.DrainToImmutable();
    }

    public ImmutableArray<T> Messages<T>(string name, Bounds bounds) where T : IRosMessage<T> => Messages(name, MessageType.Of<T>(), bounds);

    public ImmutableArray<T> Messages<T>(string name, MessageType<T> type, Bounds bounds) where T : IRosMessage
    {
        if (!Find(name, out var at)) return Missing<ImmutableArray<T>>(name);
        var start = at;
        var values = ImmutableArray.CreateBuilder<T>();
        text.Take(ref at, '[');
        if (text.Peek(ref at) != ']')
        {
            do
            {
                scope.Element = values.Count;
                values.Add(Fields(type, ref at, allowList: false));
            }
            while (text.TakeComma(ref at, ']'));
        }

        at++;
        Check(values.Count, bounds, start);
        Done(at);
        return values.DrainToImmutable();
    }

    public readonly void Nothing()
    {
    }

    private T Fields<T>(MessageType<T> type, ref int at, bool allowList) where T : IRosMessage
    {
        var outer = scope;
        var isList = allowList && text.Peek(ref at) == '[';
        text.Take(ref at, isList ? '[' : '{');
        scope = new MemberScope { Next = at, End = isList ? ']' : '}', Element = -1, Default = type.Default };
        try
        {
            text.Peek(ref scope.Next);
            var message = type.Read(ref this);
            at = End();
            scope = outer;
            return message;
        }
        catch (RosCodecException wrong)
        {
            var path = scope.Path;
            scope = outer;
            if (path is null) throw;
            throw wrong.Inside(path);
        }
    }

    /// <summary>Where the value of this field stands.</summary>
    private bool Find(string name, out int at)
    {
        scope.Field = name;
        scope.Element = -1;
        SkipWhatWasRead();
        scope.IsNext = true;
        at = scope.Next;
        if (scope.End == ']') return text.Peek(ref at) != ']';
        if (text.Peek(ref at) == '}') return false;
        if (TakeName(ref at, name)) return true;
        at = scope.Next;

        // Not the next one: further behind, or missing.
        scope.IsNext = false;
        for (var index = scope.Index + 1; ; index++)
        {
            if (!PassBy(ref at)) return false;
            var start = at;
            if (TakeName(ref at, name) && !scope.WasRead(index))
            {
                scope.Remember(index);
                return true;
            }

            at = start;
        }
    }

    /// <summary>Skips a member that is not wanted now. False when it was the object's last one.</summary>
    private bool PassBy(ref int at)
    {
        var start = at;
        try
        {
            text.RawText(ref at, out _);
            text.Take(ref at, ':');
            text.Skip(ref at);
            return text.TakeComma(ref at, '}');
        }
        catch (RosCodecException)
        {
            // It is this member that is wrong, not the one that is looked for.
            scope.Field = text.Text(ref start);
            throw;
        }
    }

    private readonly bool TakeName(ref int at, string name)
    {
        var start = at;
        var raw = text.RawText(ref at, out var escaped);
        text.Take(ref at, ':');
        if (escaped) return JsonEscapes.Decode(raw, escaped, start) is var decoded && (decoded == name || decoded == MemberScope.OtherSpelling(name));
        return Ascii.Equals(raw, name) || (MemberScope.OtherSpelling(name) is { } other && Ascii.Equals(raw, other));
    }

    private void Done(int at)
    {
        scope.Element = -1;
        if (!scope.IsNext) return;
        text.TakeComma(ref at, scope.End);
        scope.Next = at;
        scope.Index++;
    }

    private void SkipWhatWasRead()
    {
        while (scope.WasRead(scope.Index))
        {
            PassBy(ref scope.Next);
            scope.Index++;
        }
    }

    /// <summary>The object's end; every member that nobody asked for is unknown, or there a second time.</summary>
    private int End()
    {
        SkipWhatWasRead();
        while (text.Peek(ref scope.Next) != scope.End)
        {
            var start = scope.Next;
            if (scope.End == ']') throw RosCodecException.At("", start, "the list has more values than the message has fields");
            var name = text.Text(ref scope.Next);
            scope.Field = name.Length > 60 ? name[..60] : name;
            if (unknown == UnknownFields.Refuse) throw RosCodecException.At("", start, "there is no such field, or it is there twice");
            text.Take(ref scope.Next, ':');
            text.Skip(ref scope.Next);
            text.TakeComma(ref scope.Next, scope.End);
            scope.Index++;
            SkipWhatWasRead();
        }

        return scope.Next + 1;
    }

    private readonly T Missing<T>(string name) => FieldPicker.Pick<T>(scope.Default, name, dialect);

    private T[] Numbers<T>(ref int at) where T : unmanaged
    {
        text.Take(ref at, '[');
        if (text.TryTake(ref at, ']')) return [];
        var end = text.Bytes[at..].IndexOf((byte)']');
        if (end < 0) throw RosCodecException.At("", at, "the list has no end");
        var values = new T[text.Bytes.Slice(at, end).Count((byte)',') + 1];
        for (var i = 0; i < values.Length; i++)
        {
            scope.Element = i;
            values[i] = JsonNumbers.Parse<T>(text.Scalar(ref at), at);
            if (text.TakeComma(ref at, ']') != (i + 1 < values.Length)) throw text.Unexpected(at, "a number");
        }

        at++;
        return values;
    }

    private readonly byte[] Octets(ref int at)
    {
        var start = at;
        var raw = text.RawText(ref at, out var escaped);

        // Some writers escape the slash.
        if (escaped) raw = Encoding.UTF8.GetBytes(JsonEscapes.Decode(raw, escaped, start));
        var octets = new byte[Base64.GetMaxDecodedFromUtf8Length(raw.Length)];
        if (Base64.DecodeFromUtf8(raw, octets, out _, out var written) != OperationStatus.Done) throw RosCodecException.At("", start, "the text is not base64");
        return written == octets.Length ? octets : octets[..written];
    }

    private static void Check(int count, Bounds bounds, int at)
    {
        if (!bounds.Allow(count)) throw RosCodecException.At("", at, $"the array has {count} values, {bounds} are allowed");
    }
}
