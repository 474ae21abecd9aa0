using System.Collections;
using System.Reflection;
using RobotWorker.Diagnostics;
using RobotWorker.Plans;

namespace RobotWorker.Tests.Plans;

/// <summary>Everything that a plan says, as text, without where it says it: records hold arrays, which compare by reference.</summary>
internal static class PlanShape
{
    public static string Of(object? value) => value switch
    {
        null => "-",
        string text => $"'{text}'",
        IEnumerable items => $"[{string.Join(", ", items.Cast<object?>().Select(Of))}]",
        TimeSpan or ValueType when value.GetType().IsPrimitive || value is TimeSpan => value.ToString()!,
        _ => $"{value.GetType().Name}({string.Join(", ", Properties(value).Select(p => $"{p.Name}: {Of(p.GetValue(value))}"))})",
    };

    private static IEnumerable<PropertyInfo> Properties(object value) => value.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Where(p => p.PropertyType != typeof(Place) && p.GetIndexParameters().Length == 0 && p.Name is not (nameof(PlanNode.Places) or nameof(PlanNode.Inner) or "EqualityContract"))
        .OrderBy(p => p.Name, StringComparer.Ordinal);
}
