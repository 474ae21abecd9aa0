using System.Globalization;
using SkiaSharp;

namespace RobotWorker.Recording.LeRobot.Sets;

/// <summary>Pictures of an episode side by side, from its first frame to its last, each with its time and what is done.</summary>
internal static class ContactSheet
{
    private const int Columns = 5, MostRows = 3, Width = 256, Caption = 22, Gap = 6, Title = 30;

    /// <summary>As the bytes of a PNG.</summary>
    /// <param name="doing">What is done in a frame; empty where nobody knows.</param>
    /// <exception cref="Video.VideoException">A film cannot be decoded.</exception>
    public static byte[] Png(StoredSet set, StoredEpisode episode, Func<int, string> doing, CancellationToken cancel)
    {
        var (cameras, count) = (set.Cameras.ToList(), Math.Min(episode.Length, Columns * MostRows));
        List<int> frames = [.. Enumerable.Range(0, count).Select(i => count == 1 ? 0 : (int)Math.Round((double)i * (episode.Length - 1) / (count - 1))).Distinct()];
        var rows = (frames.Count + Columns - 1) / Columns;
        var (width, height) = ((Columns * (Width + Gap)) + Gap, cameras.Sum(c => Title + (rows * (Height(c) + Caption + Gap))) + Gap);
        using var surface = SKSurface.Create(new SKImageInfo(width, height));
        var canvas = surface.Canvas;
        canvas.Clear(SKColors.White);
        using var ink = new SKPaint { Color = new(0x22, 0x22, 0x22), IsAntialias = true };
        using var large = new SKFont(SKTypeface.Default, 16);
        using var small = new SKFont(SKTypeface.Default, 13);
        var top = 0;
        foreach (var camera in cameras)
        {
            canvas.DrawText($"{set.Name}, episode {episode.Number}: {camera.Key}", Gap, top + 21, SKTextAlign.Left, large, ink);
            top += Title;
            FilmFrames.Each(episode.Films[camera.Key], camera.Shape[1], camera.Shape[0], (frame, rgb) =>
            {
                if (frames.IndexOf(frame) is not (>= 0 and var place)) return;
                var (x, y) = (Gap + (place % Columns * (Width + Gap)), top + (place / Columns * (Height(camera) + Caption + Gap)));
                using var picture = Picture(rgb, camera.Shape[1], camera.Shape[0]);
                canvas.DrawImage(picture, SKRect.Create(x, y, Width, Height(camera)), new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear));
                var text = string.Create(CultureInfo.InvariantCulture, $"{(double)frame / set.FramesPerSecond:0.0} s  {doing(frame)}");
                while (small.MeasureText(text) > Width && text.Length > 1) text = text[..^2] + "…";
                canvas.DrawText(text, x, y + Height(camera) + 15, SKTextAlign.Left, small, ink);
            }, cancel);
            top += rows * (Height(camera) + Caption + Gap);
        }
        using var image = surface.Snapshot();
        using var png = image.Encode(SKEncodedImageFormat.Png, 100);
        return png.ToArray();
    }

    private static int Height(SetFeature camera) => Width * camera.Shape[0] / camera.Shape[1];

    private static SKImage Picture(byte[] rgb, int width, int height)
    {
        var rgba = new byte[width * height * 4];
        for (var i = 0; i < width * height; i++)
        {
            rgb.AsSpan(3 * i, 3).CopyTo(rgba.AsSpan(4 * i));
            rgba[(4 * i) + 3] = 255;
        }
        return SKImage.FromPixelCopy(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque), rgba);
    }
}
