using System.Text.Json.Nodes;

namespace RobotWorker.Recording.LeRobot;

/// <summary>stats.json: by what readers normalise.</summary>
internal static class StatisticsFile
{
    public static JsonObject Of(DatasetLayout layout, IReadOnlyList<DatasetEpisode> episodes, List<Dictionary<string, double[]>> rows)
    {
        var all = new JsonObject();
        foreach (var feature in layout.Columns)
            all[feature.Key] = Json(FeatureStatistics.Of([.. rows.SelectMany(r => r[feature.Key])], feature.Width), v => [.. v.Select(d => JsonValue.Create(d))]);
        foreach (var camera in layout.Cameras)
        {
            var sum = new long[3 * 256];
            foreach (var film in episodes.Select(e => e.Films[camera.Name]))
                for (var i = 0; i < sum.Length; i++) sum[i] += film.Histogram[i];
            all[camera.Key] = Json(FeatureStatistics.OfPictures(sum, episodes.Sum(e => (long)e.Films[camera.Name].Frames)), v => [.. v.Select(d => new JsonArray(new JsonArray(d)))]);
        }
        return all;
    }

    private static JsonObject Json(FeatureStatistics s, Func<double[], JsonArray> shape)
    {
        var json = new JsonObject { ["count"] = new JsonArray(s.Count) };
        foreach (var (name, values) in s.Named) json[name] = shape(values);
        return json;
    }
}
