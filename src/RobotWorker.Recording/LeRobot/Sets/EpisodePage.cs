using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using RobotWorker.Recording.Pages;
using RobotWorker.Recording.Video;

namespace RobotWorker.Recording.LeRobot.Sets;

/// <summary>An episode to look at: a page that plays its films beside its signals, and a contact sheet. Both need nothing else.</summary>
/// <param name="Html">The page.</param>
/// <param name="Sheet">The contact sheet as the bytes of a PNG; null: there is no camera.</param>
public sealed record EpisodePage(string Html, byte[]? Sheet)
{
    private const int Digits = 6;

    /// <exception cref="DatasetException">The set is damaged.</exception>
    /// <exception cref="VideoException">A film cannot be read.</exception>
    public static async Task<EpisodePage> OfAsync(StoredSet set, StoredEpisode episode, CancellationToken cancel)
    {
        var numbers = await set.NumbersAsync(episode);
        var subtasks = numbers.TryGetValue(DatasetLayout.Subtask, out var places) ? places : [];
        string Doing(int frame) => frame < subtasks.Length && (int)subtasks[frame] is var n && n >= 0 && n < set.Subtasks.Length ? set.Subtasks[n] : "";
        var films = set.Cameras.Select(c => (c.Key, File: Film(set, episode.Films[c.Key], cancel))).ToList();
        var data = new JsonObject
        {
            ["fps"] = set.FramesPerSecond, ["length"] = episode.Length, ["signals"] = Signals(set, numbers),
            ["bands"] = new JsonArray([.. Bands(set, numbers, episode.Length, Doing)]),
        };
        return new(Page(set, episode, films, data), set.Cameras.Any() ? ContactSheet.Png(set, episode, Doing, cancel) : null);
    }

    private static string Page(StoredSet set, StoredEpisode episode, List<(string Camera, byte[] File)> films, JsonObject data)
    {
        var page = new HtmlPage($"{set.Name}, episode {episode.Number}", Resource("episode-page.css"));
        page.Append($"<p class=\"task\">{HtmlPage.Text(string.Join(" / ", episode.Tasks))}</p>\n<div class=\"films\">\n");
        foreach (var (camera, file) in films)
            page.Append($"<figure><video muted playsinline preload=\"auto\" src=\"data:video/mp4;base64,{Convert.ToBase64String(file)}\"></video><figcaption>{HtmlPage.Text(camera)}</figcaption></figure>\n");
        page.Append("""
            </div>
            <div id="bar"><button id="play">Play</button><input id="at" type="range" min="0" value="0" step="1" aria-label="frame"><output id="time"></output>
            <select id="speed" aria-label="speed"><option value="0.25">&times; 0.25</option><option value="0.5">&times; 0.5</option><option value="1" selected>&times; 1</option><option value="2">&times; 2</option><option value="4">&times; 4</option></select></div>
            <div id="plots"></div>
            <p class="note">Space plays and stops, the arrow keys go by a frame. Click into a plot to go there, and on a name to hide its line.</p>

            """);
        page.Table("Where it comes from", ["", ""], Facts(set, episode).Select(f => new[] { HtmlPage.Text(f.Name), HtmlPage.Text(f.Value) }));
        // The default encoder writes < as \u003c: no text can end the script.
        page.Append($"<script>const episode = {data.ToJsonString(JsonSerializerOptions.Default)};\n{Resource("episode-page.js")}</script>\n");
        return page.ToString();
    }

    private static IEnumerable<(string Name, string Value)> Facts(StoredSet set, StoredEpisode episode)
    {
        yield return ("length", string.Create(CultureInfo.InvariantCulture, $"{episode.Length} frames at {set.FramesPerSecond} a second: {(double)episode.Length / set.FramesPerSecond:0.0} s"));
        foreach (var column in set.Own) yield return (column.Name, SetJson.Cell(column.Values[episode.Number], column.Kind)?.ToString() is { Length: > 0 } text ? text : "–");
    }

    // Dimensions of one unit have an axis of their own: names end with it, such as arm_joint_1.rad.
    private static JsonArray Signals(StoredSet set, ImmutableSortedDictionary<string, double[]> numbers)
    {
        var signals = new JsonArray();
        foreach (var feature in set.Columns.Where(c => c.IsNumeric && !c.IsPosition && c.Dtype != "bool"))
            foreach (var group in feature.Names.Select((name, i) => (Name: name, Dimension: i)).GroupBy(d => Unit(d.Name)))
                signals.Add(new JsonObject
                {
                    ["title"] = group.Key.Length > 0 ? $"{feature.Key} in {group.Key}" : feature.Key,
                    ["lines"] = new JsonArray([.. group.Select(d => new JsonObject { ["name"] = Short(d.Name, group.Key), ["values"] = Every(numbers[feature.Key], feature.Width, d.Dimension) })]),
                });
        return signals;
    }

    private static JsonArray Every(double[] values, int width, int dimension) =>
        new([.. Enumerable.Range(0, values.Length / width).Select(i => values[(i * width) + dimension]).Select(v => double.IsFinite(v) ? JsonNode.Parse(v.ToString($"G{Digits}", CultureInfo.InvariantCulture)) : null)]);

    private static readonly ImmutableArray<string> Units = ["rad", "m", "mps", "radps", "deg", "degps", "n", "nm", "s", "px", "pct"];

    private static string Unit(string name) => name.LastIndexOf('.') is > 0 and var dot && Units.Contains(name[(dot + 1)..]) ? name[(dot + 1)..] : "";

    private static string Short(string name, string unit) => unit.Length > 0 ? name[..^(unit.Length + 1)] : name;

    /// <summary>What holds over stretches of frames: subtasks, and everything that is true or false.</summary>
    private static IEnumerable<JsonObject> Bands(StoredSet set, ImmutableSortedDictionary<string, double[]> numbers, int length, Func<int, string> doing)
    {
        if (numbers.ContainsKey(DatasetLayout.Subtask)) yield return Band("subtask", Stretches(length, doing));
        foreach (var feature in set.Columns.Where(c => c is { Dtype: "bool", Width: 1 })) yield return Band(feature.Key, Stretches(length, i => numbers[feature.Key][i] != 0 ? feature.Key : ""));
    }

    private static JsonObject Band(string name, IEnumerable<(int From, int To, string Text)> stretches) => new()
    {
        ["name"] = name, ["stretches"] = new JsonArray([.. stretches.Select(s => new JsonObject { ["from"] = s.From, ["to"] = s.To, ["text"] = s.Text })]),
    };

    /// <summary>Frames of one text together, without those that have none; from, up to but not including.</summary>
    internal static IEnumerable<(int From, int To, string Text)> Stretches(int length, Func<int, string> text)
    {
        for (int from = 0, to; from < length; from = to)
        {
            for (to = from + 1; to < length && text(to) == text(from); to++) { }
            if (text(from).Length > 0) yield return (from, to, text(from));
        }
    }

    // A page is for looking: what shares its file with other episodes is encoded anew.
    private static byte[] Film(StoredSet set, FilmSlice slice, CancellationToken cancel)
    {
        if (slice is { IsAlone: true, First: 0 }) return File.Exists(slice.File) ? File.ReadAllBytes(slice.File) : throw new DatasetException($"{slice.File} is missing");
        var part = Path.Combine(Directory.CreateTempSubdirectory("robotworker film ").FullName, "part.mp4");
        try
        {
            Ffmpeg.Run(
                [
                    "-i", slice.File, "-map", "0:v:0", "-vf", $"select=between(n\\,{slice.First}\\,{slice.First + slice.Frames - 1}),setpts=N/{set.FramesPerSecond}/TB", "-r", set.FramesPerSecond.ToString(CultureInfo.InvariantCulture),
                    "-c:v", "libx264", "-preset", "veryfast", "-g", "2", "-bf", "0", "-pix_fmt", "yuv420p", "-movflags", "+faststart", part,
                ], cancel);
            return File.ReadAllBytes(part);
        }
        finally
        {
            Directory.Delete(Path.GetDirectoryName(part)!, recursive: true);
        }
    }

    private static string Resource(string name)
    {
        using var stream = typeof(EpisodePage).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
