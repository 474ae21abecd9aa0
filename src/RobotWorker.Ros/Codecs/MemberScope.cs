using RobotWorker.Ros.Messages;

namespace RobotWorker.Ros.Codecs;

/// <summary>The object, list or map in which a reader of named members stands. Every member before <see cref="Next"/> has been read.</summary>
internal struct MemberScope
{
    /// <summary>Where the next member stands, or the end.</summary>
    public int Next;

    /// <summary>The next member's number.</summary>
    public int Index;

    /// <summary>The closing bracket of a JSON object or list.</summary>
    public char End;

    /// <summary>How many members a CBOR map has, or -1 when a break ends it.</summary>
    public int Count;

    /// <summary>Whether the value being read is the next one, so that reading it moves on.</summary>
    public bool IsNext;

    /// <summary>What stands in for a missing member.</summary>
    public IRosMessage Default;

    /// <summary>The field being read, for errors.</summary>
    public string? Field;

    /// <summary>Its element, or -1.</summary>
    public int Element;

    // Members that were read out of their order: the first 64 as bits, for which nothing is allocated, the others in a set.
    private ulong early;
    private HashSet<int>? late;

    /// <summary>The field being read, with its element.</summary>
    public readonly string? Path => Field is null || Element < 0 ? Field : $"{Field}[{Element}]";

    /// <summary>Whether a member was read out of its order.</summary>
    public readonly bool WasRead(int index) => index < 64 ? (early & (1UL << index)) != 0 : late?.Contains(index) == true;

    /// <summary>Remembers that a member was read out of its order.</summary>
    public void Remember(int index)
    {
        if (index < 64) early |= 1UL << index;
        else (late ??= []).Add(index);
    }

    /// <summary>Times have other names in the other dialect, and clients mix them up.</summary>
    public static string? OtherSpelling(string name) => name switch
    {
        "sec" => "secs",
        "nanosec" => "nsecs",
        "secs" => "sec",
        "nsecs" => "nanosec",
        _ => null,
    };
}
