using System.Text.Json;
using System.Text.Json.Nodes;

namespace RobotWorker.Ros.Rosbridge.Server.Rosapi;

/// <summary>
/// Named values, as JSON texts, in memory: what ROS 1 keeps in its master, and ROS 2 in each node. Names stand as clients give them; the simulated robot itself
/// reads none.
/// </summary>
internal sealed class Parameters
{
    private const int MostNames = 10_000;
    private const int MostLength = 64 << 10;

    // Leaves of the tree by full name: what is set as an object is kept, and found again, by its members.
    private readonly SortedDictionary<string, string> leaves = new(StringComparer.Ordinal) { ["/use_sim_time"] = "true" };

    public IEnumerable<string> Names => leaves.Keys;

    public bool Has(string name) => leaves.ContainsKey(Full(name)) || Below(Full(name)).Any();

    /// <summary>The value, a namespace as an object of what is below it; else the value that is given, else <c>null</c>; always JSON, which clients parse without looking.</summary>
    public string Get(string name, string usual)
    {
        var full = Full(name);
        if (leaves.TryGetValue(full, out var value)) return value;
        if (Tree(full) is { } tree) return tree.ToJsonString();
        return Parsed(usual) is null ? "null" : usual;
    }

    /// <summary>Sets it, in place of what was there and below. What is no JSON is taken as a text; what is too large, or one too many, is left out.</summary>
    public void Set(string name, string value)
    {
        if (name.Length == 0 || name.Length + value.Length > MostLength) return;
        using var parsed = Parsed(value) ?? JsonDocument.Parse(JsonSerializer.Serialize(value));
        Delete(name);
        for (var above = Full(name).LastIndexOf('/'); above > 0; above = Full(name).LastIndexOf('/', above - 1)) leaves.Remove(Full(name)[..above]);
        Add(Full(name), parsed.RootElement);
    }

    public void Delete(string name)
    {
        leaves.Remove(Full(name));
        foreach (var below in Below(Full(name)).ToList()) leaves.Remove(below);
    }

    private void Add(string name, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Object && value.EnumerateObject().Any())
            foreach (var member in value.EnumerateObject()) Add($"{name.TrimEnd('/')}/{member.Name}", member.Value);
        else if (leaves.Count < MostNames) leaves[name] = value.GetRawText();
    }

    private JsonObject? Tree(string name)
    {
        JsonObject? tree = null;
        foreach (var below in Below(name))
        {
            var at = tree ??= [];
            var parts = below[(name.TrimEnd('/').Length + 1)..].Split('/');
            foreach (var part in parts[..^1])
            {
                if (at[part] is not JsonObject inner) at[part] = inner = [];
                at = inner;
            }
            at[parts[^1]] = JsonNode.Parse(leaves[below]);
        }
        return tree;
    }

    private IEnumerable<string> Below(string name) => leaves.Keys.Where(leaf => leaf.StartsWith(name.TrimEnd('/') + "/", StringComparison.Ordinal));

    private static string Full(string name) => name.StartsWith('/') ? name : "/" + name;

    private static JsonDocument? Parsed(string text)
    {
        try
        {
            return JsonDocument.Parse(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
