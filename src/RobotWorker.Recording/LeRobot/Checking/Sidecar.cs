namespace RobotWorker.Recording.LeRobot.Checking;

/// <summary>A film of numbers beside a camera's own, as cameras.json has it: frame by frame, and with the same number of chunk and file.</summary>
/// <param name="Kind">depth or segmentation.</param>
/// <param name="Most">The greatest number that may be in it; null: that is not known.</param>
/// <param name="Why">Where that comes from.</param>
internal sealed record Sidecar(string Kind, string Camera, Feature Film, int? Most, string Why)
{
    public const string Folder = "sidecars";

    public string Template => $"{Folder}/{Kind}/{Camera}/chunk-{{chunk_index:03d}}/file-{{file_index:03d}}.mkv";

    /// <summary>Its file beside one of the camera's films.</summary>
    public string Beside(string film)
    {
        var (chunk, file) = DatasetFiles.Numbers(film)!.Value;
        return $"{Folder}/{Kind}/{Camera}/chunk-{chunk:000}/file-{file:000}.mkv";
    }
}
