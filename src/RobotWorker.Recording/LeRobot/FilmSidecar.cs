namespace RobotWorker.Recording.LeRobot;

/// <summary>What may be kept of a camera's frames beside its pictures: a lossless film of 16 bits a pixel (FFV1, gray16le, Matroska) that no reader takes for a feature.</summary>
public enum SidecarKind
{
    /// <summary>Millimetres along the optical axis; 0: nothing nearer than the limit.</summary>
    Depth,

    /// <summary>Whose part is seen, by its id; 0: the background.</summary>
    Segmentation,
}

/// <param name="Sha256">Of the file, in hexadecimal digits.</param>
public sealed record FilmSidecar(SidecarKind Kind, string File, string Sha256);

/// <summary>How sidecars are called.</summary>
public static class SidecarNames
{
    public static string Word(this SidecarKind kind) => kind == SidecarKind.Depth ? "depth" : "segmentation";

    /// <summary>Where readers find it, with the numbers of the chunk and file that the episode's own film has.</summary>
    internal static string TemplateOf(this SidecarKind kind, string camera) => $"sidecars/{kind.Word()}/{camera}/chunk-{{chunk_index:03d}}/file-{{file_index:03d}}.mkv";

    internal static string FileOf(this SidecarKind kind, string camera, int episode) =>
        $"sidecars/{kind.Word()}/{camera}/chunk-{episode / DatasetLayout.FilesInAChunk:000}/file-{episode % DatasetLayout.FilesInAChunk:000}.mkv";
}
