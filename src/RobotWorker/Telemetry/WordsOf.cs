using RobotWorker.Faults;

namespace RobotWorker.Telemetry;

/// <summary>Members of enums as attributes write them: <c>not_started</c>.</summary>
internal static class WordsOf
{
    public static string Member<T>(T value) where T : struct, Enum => System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

    public static string Key(Fault fault) => $"{fault.Code}/{fault.Component}";
}
