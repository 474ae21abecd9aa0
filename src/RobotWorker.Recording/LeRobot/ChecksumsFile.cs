using System.Security.Cryptography;
using System.Text;

namespace RobotWorker.Recording.LeRobot;

/// <summary>checksums.sha256: of what no statistics of the set would tell that it was changed. <c>sha256sum --check meta/checksums.sha256</c> reads it, in the set's folder.</summary>
internal static class ChecksumsFile
{
    public const string Name = "meta/checksums.sha256";

    /// <param name="folder">In which the set is, cameras.json among it.</param>
    public static string Of(string folder, DatasetLayout layout, IReadOnlyList<DatasetEpisode> episodes)
    {
        const string cameras = "meta/cameras.json";
        var lines = new StringBuilder().Append(Line(Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(folder, cameras)))), cameras));
        foreach (var camera in layout.Cameras)
            for (var i = 0; i < episodes.Count; i++)
                foreach (var sidecar in episodes[i].Films[camera.Name].Sidecars) lines.Append(Line(sidecar.Sha256, sidecar.Kind.FileOf(camera.Name, i)));
        return lines.ToString();
    }

    private static string Line(string sum, string file) => $"{sum}  {file}\n";
}
