using System.Text.Json;

namespace RobotWorker.Ros.Rosbridge.Server.Rosapi;

/// <summary>
/// Named values, as JSON texts, in memory: what ROS 1 keeps in its master, and ROS 2 in each node. Names stand as clients give them; the simulated robot itself
/// reads none.
/// </summary>
internal sealed class Parameters
{
    private const int MostNames = 10_000;
    private const int MostLength = 64 << 10;

    private readonly SortedDictionary<string, string> values = new(StringComparer.Ordinal) { ["/use_sim_time"] = "true" };

    public IEnumerable<string> Names => values.Keys;

    public bool Has(string name) => values.ContainsKey(Full(name));

    /// <summary>The value, else the one that is given, else <c>null</c>; always JSON, which clients parse without looking.</summary>
    public string Get(string name, string usual) => values.TryGetValue(Full(name), out var value) ? value : IsJson(usual) ? usual : "null";

    /// <summary>Sets it. What is no JSON is taken as a text; what is too large, or one too many, is left out.</summary>
    public void Set(string name, string value)
    {
        if (name.Length == 0 || name.Length + value.Length > MostLength || (values.Count >= MostNames && !Has(name))) return;
        values[Full(name)] = IsJson(value) ? value : JsonSerializer.Serialize(value);
    }

    public void Delete(string name) => values.Remove(Full(name));

    private static string Full(string name) => name.StartsWith('/') ? name : "/" + name;

    private static bool IsJson(string text)
    {
        try
        {
            using var parsed = JsonDocument.Parse(text);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
