using System.Collections.Immutable;
using System.Globalization;
using RobotWorker.Ros.Messages.DiagnosticMsgs;

namespace RobotWorker.Controllers.Servers;

/// <summary>How hardware tells of itself on /diagnostics: a name of the form `component: part`, a level, and plain numbers.</summary>
public static class HardwareStatus
{
    /// <param name="values">What is no number, since it is not measured, is left out.</param>
    public static DiagnosticStatus Of(string hardware, string name, byte level, string message, params ReadOnlySpan<(string Key, double Value)> values)
    {
        var pairs = ImmutableArray.CreateBuilder<KeyValue>(values.Length);
        foreach (var (key, value) in values)
            if (!double.IsNaN(value)) pairs.Add(new() { Key = key, Value = value.ToString("0.########", CultureInfo.InvariantCulture) });
        return new() { Level = level, Name = name, Message = message, HardwareId = hardware, Values = pairs.DrainToImmutable() };
    }
}
