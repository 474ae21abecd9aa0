using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text;
using RobotWorker.Ros.Messages;

namespace RobotWorker.Ros.Codecs;

/// <summary>Reads the members of a CBOR map for the fields that a message asks for; the twin of <see cref="JsonFieldReader"/>.</summary>
internal ref struct CborFieldReader : IFieldReader
{
    private readonly CborData data;
    private readonly RosDialect dialect;
    private readonly UnknownFields unknown;
    private MemberScope scope;

    private CborFieldReader(CborData data, RosDialect dialect, UnknownFields unknown)
    {
        this.data = data;
        this.dialect = dialect;
        this.unknown = unknown;
    }

    public readonly RosDialect Dialect => dialect;

    /// <summary>The message that is all of the data.</summary>
    public static T Read<T>(MessageType<T> type, CborData data, RosDialect dialect, UnknownFields unknown) where T : IRosMessage
    {
        var reader = new CborFieldReader(data, dialect, unknown);
        var at = 0;
        var message = reader.Fields(type, ref at);
        return at == data.Bytes.Length ? message : throw RosCodecException.At("", at, $"the message ends here, but {data.Bytes.Length - at} bytes follow");
    }

    public T Value<T>(string name) where T : unmanaged
    {
        if (!Find(name, out var at)) return Missing<T>(name);
        var value = Number<T>(ref at);
        Done(at);
        return value;
    }

    public string Text(string name, int limit)
    {
        if (!Find(name, out var at)) return Missing<string>(name);
        var start = at;
        var value = data.Text(ref at);
        if (limit != int.MaxValue && Encoding.UTF8.GetByteCount(value) is var length && length > limit)
            throw RosCodecException.At("", start, $"the text has {length} bytes, at most {limit} are allowed");
        Done(at);
        return value;
    }

    public T Message<T>(string name) where T : IRosMessage<T> => Message(name, MessageType.Of<T>());

    public T Message<T>(string name, MessageType<T> type) where T : IRosMessage
    {
        if (!Find(name, out var at)) return Missing<T>(name);
        var value = Fields(type, ref at);
        Done(at);
        return value;
    }

    public ImmutableArray<T> Values<T>(string name, Bounds bounds) where T : unmanaged
    {
        if (!Find(name, out var at)) return Missing<ImmutableArray<T>>(name);
        var start = at;
        var values = data.Peek(at) switch
        {
            CborMajor.Tag => TypedArray<T>(ref at),
            CborMajor.Bytes => CborTypedArray.Read<T>(64, data.Octets(ref at, out _), start),
            _ => List<T>(ref at),
        };
        Check(values.Length, bounds, start);
        Done(at);
        return ImmutableCollectionsMarshal.AsImmutableArray(values);
    }

    public ImmutableArray<string> Texts(string name, Bounds bounds)
    {
        if (!Find(name, out var at)) return Missing<ImmutableArray<string>>(name);
        var start = at;
        var values = ImmutableArray.CreateBuilder<string>();
        var count = data.Count(ref at, CborMajor.List);
        while (!data.IsEnd(ref at, count, values.Count))
        {
            scope.Element = values.Count;
            values.Add(data.Text(ref at));
        }

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
        var count = data.Count(ref at, CborMajor.List);
        while (!data.IsEnd(ref at, count, values.Count))
        {
            scope.Element = values.Count;
            values.Add(Fields(type, ref at));
        }

        Check(values.Count, bounds, start);
        Done(at);
        return values.DrainToImmutable();
    }

    public readonly void Nothing()
    {
    }

    private T Fields<T>(MessageType<T> type, ref int at) where T : IRosMessage
    {
        var outer = scope;
        var count = data.Count(ref at, CborMajor.Map);
        scope = new MemberScope { Next = at, Count = count, Element = -1, Default = type.Default };
        try
        {
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

    private bool Find(string name, out int at)
    {
        scope.Field = name;
        scope.Element = -1;
        SkipWhatWasRead();
        at = scope.Next;
        for (var index = scope.Index; ; index++)
        {
            if (data.IsEnd(ref at, scope.Count, index)) return false;
            var start = at;
            if (TakeName(ref at, name) && !scope.WasRead(index))
            {
                scope.IsNext = index == scope.Index;
                if (!scope.IsNext) scope.Remember(index);
                return true;
            }

            at = start;
            PassBy(ref at);
        }
    }

    private void PassBy(ref int at)
    {
        var start = at;
        data.Octets(ref at, out _);
        try
        {
            data.Skip(ref at);
        }
        catch (RosCodecException)
        {
            // It is this member that is wrong, not the one that is looked for.
            scope.Field = data.Text(ref start);
            throw;
        }
    }

    private readonly bool TakeName(ref int at, string name)
    {
        var octets = data.Octets(ref at, out _);
        return Ascii.Equals(octets, name) || (MemberScope.OtherSpelling(name) is { } other && Ascii.Equals(octets, other));
    }

    private void Done(int at)
    {
        scope.Element = -1;
        if (!scope.IsNext) return;
        scope.Next = at;
        scope.Index++;
    }

    private void SkipWhatWasRead()
    {
        for (; scope.WasRead(scope.Index); scope.Index++) PassBy(ref scope.Next);
    }

    private int End()
    {
        SkipWhatWasRead();
        while (!data.IsEnd(ref scope.Next, scope.Count, scope.Index))
        {
            var start = scope.Next;
            var name = data.Text(ref scope.Next);
            scope.Field = name.Length > 60 ? name[..60] : name;
            if (unknown == UnknownFields.Refuse) throw RosCodecException.At("", start, "there is no such field, or it is there twice");
            data.Skip(ref scope.Next);
            scope.Index++;
            SkipWhatWasRead();
        }

        return scope.Next;
    }

    private readonly T Missing<T>(string name) => FieldPicker.Pick<T>(scope.Default, name, dialect);

    private readonly T Number<T>(ref int at) where T : unmanaged
    {
        var start = at;
        return data.Scalar(ref at).As<T>(start);
    }

    private readonly T[] TypedArray<T>(ref int at) where T : unmanaged
    {
        var start = at;
        data.Head(ref at, out var tag);
        return CborTypedArray.Read<T>(tag, data.Octets(ref at, out _), start);
    }

    private T[] List<T>(ref int at) where T : unmanaged
    {
        var values = new List<T>();
        var count = data.Count(ref at, CborMajor.List);
        while (!data.IsEnd(ref at, count, values.Count))
        {
            scope.Element = values.Count;
            values.Add(Number<T>(ref at));
        }

        return [.. values];
    }

    private static void Check(int count, Bounds bounds, int at)
    {
        if (!bounds.Allow(count)) throw RosCodecException.At("", at, $"the array has {count} values, {bounds} are allowed");
    }
}
