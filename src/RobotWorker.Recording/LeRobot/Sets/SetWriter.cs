using System.Collections.Immutable;
using Apache.Arrow;

namespace RobotWorker.Recording.LeRobot.Sets;

/// <summary>Makes a set of episodes that are in others. Frames are carried as they are, but for what tells rows apart; films as they are packed; and where an episode comes from stays with it.</summary>
public static class SetWriter
{
    /// <param name="folder">Is there, and empty (<see cref="NewFolder"/>).</param>
    /// <param name="told">Told after each film and each episode.</param>
    /// <returns>What was not carried, each in a line.</returns>
    /// <exception cref="DatasetException">A source is damaged, or a film cannot be cut.</exception>
    /// <exception cref="Video.VideoException">ffmpeg is needed, and is missing or refuses.</exception>
    public static async Task<ImmutableArray<string>> WriteAsync(string folder, SetVersion version, SetContent content, Action<SetProgress> told, CancellationToken cancel)
    {
        var layout = SetLayout.Of(version);
        CarryFilms(folder, layout, content, told, cancel);
        var (tasks, subtasks) = (new TextNumbers(), new TextNumbers());
        var episodes = ImmutableArray.CreateBuilder<EpisodeSummary>();
        var all = content.Layout.Columns.Where(f => f.IsNumeric).ToDictionary(f => f.Key, _ => new List<double[]>());
        using (var files = new FrameFiles())
        {
            var (place, first) = (new DataPlace(0, 0), 0);
            for (var i = 0; i < content.Episodes.Length; i++)
            {
                cancel.ThrowIfCancellationRequested();
                var (source, columns) = (content.Episodes[i], content.Layout.Columns.ToList());
                var frames = await Frames(source, i, first, tasks, subtasks);
                place = layout.Place(place, i, (long)source.Episode.Length * columns.Sum(c => c.Width));
                var numbers = columns.Where(c => c.IsNumeric).ToImmutableSortedDictionary(c => c.Key, c => StoredSet.NumbersOf(c, frames[c.Key], source.Episode), StringComparer.Ordinal);
                files.Write(Path.Combine(folder, layout.DataFile(place.File)), [.. columns.Select(c => (c.Key, frames[c.Key]))]);
                foreach (var (key, values) in numbers) all[key].Add(values);
                episodes.Add(new(
                    source, source.Episode.Tasks, first, place.File, columns.Where(c => c.IsNumeric).ToImmutableSortedDictionary(c => c.Key, c => FeatureStatistics.Of(numbers[c.Key], c.Width), StringComparer.Ordinal),
                    Pictures(folder, layout, source.Episode, content.Layout, i, cancel)));
                first += source.Episode.Length;
                told(new("frames", i + 1, content.Episodes.Length));
            }
            files.Close();
        }
        cancel.ThrowIfCancellationRequested();
        var summary = new SetSummary(
            folder, content, episodes.ToImmutable(), tasks.Texts, subtasks.Texts,
            content.Layout.Columns.Where(f => f.IsNumeric).ToImmutableSortedDictionary(f => f.Key, f => FeatureStatistics.Of([.. all[f.Key].SelectMany(v => v)], f.Width), StringComparer.Ordinal));
        await layout.WriteMetadataAsync(summary);
        SetCameras.Carry(folder, content, cancel);
        await File.WriteAllTextAsync(Path.Combine(folder, "README.md"), SetCard.Of(summary), cancel);
        return OtherFiles.Carry(folder, content);
    }

    private static void CarryFilms(string folder, SetLayout layout, SetContent content, Action<SetProgress> told, CancellationToken cancel)
    {
        List<(FilmSlice, string)> films = [.. content.Layout.Cameras.SelectMany(c => content.Episodes.Select((e, i) => (e.Episode.Films[c.Key], Path.Combine(folder, layout.FilmFile(c.Key, i)))))];
        var done = 0;
        FilmCarrier.Carry(films, content.Layout.FramesPerSecond, Path.Combine(folder, "cut"), () => told(new("films", ++done, films.Count)), cancel);
    }

    private static async Task<ImmutableSortedDictionary<string, IArrowArray>> Frames(SourceEpisode source, int number, int first, TextNumbers tasks, TextNumbers subtasks)
    {
        var (set, episode) = source;
        var frames = await set.FramesAsync(episode);
        foreach (var task in episode.Tasks) tasks.Of(task);
        frames = frames
            .SetItem("episode_index", Each(_ => number)).SetItem("index", Each(i => first + i)).SetItem("frame_index", Each(i => i))
            .SetItem("task_index", Renumbered("task_index", set.Tasks, tasks));
        return frames.ContainsKey(DatasetLayout.Subtask) ? frames.SetItem(DatasetLayout.Subtask, Renumbered(DatasetLayout.Subtask, set.Subtasks, subtasks)) : frames;

        IArrowArray Each(Func<int, long> of) => ArrowCells.Of(Enumerable.Range(0, episode.Length).Select(i => (long?)of(i)));

        IArrowArray Renumbered(string column, ImmutableArray<string> texts, TextNumbers numbers) => ArrowCells.Of(ArrowCells.Numbers(frames[column]).Select((n, row) => n >= 0 && n < texts.Length
            ? (long?)numbers.Of(texts[(int)n])
            : throw new DatasetException($"{episode.DataFile}: {column} of row {episode.FirstRow + row} is {n}, and there are {texts.Length} such texts")));
    }

    private static ImmutableSortedDictionary<string, PictureStatistics> Pictures(string folder, SetLayout layout, StoredEpisode episode, StoredSet set, int number, CancellationToken cancel)
    {
        var pictures = episode.Pictures;
        foreach (var camera in set.Cameras.Where(c => layout.NeedsQuantiles && pictures.GetValueOrDefault(c.Key) is not { IsWhole: true }))
        {
            var film = new FilmSlice(Path.Combine(folder, layout.FilmFile(camera.Key, number)), 0, episode.Length, true);
            pictures = pictures.SetItem(camera.Key, FilmFrames.Statistics(film, camera.Shape[1], camera.Shape[0], cancel));
        }
        return pictures;
    }

    /// <summary>Numbers texts in the order in which they come up.</summary>
    private sealed class TextNumbers
    {
        private readonly Dictionary<string, int> numbers = new(StringComparer.Ordinal);

        public ImmutableArray<string> Texts => [.. numbers.OrderBy(n => n.Value).Select(n => n.Key)];

        public int Of(string text)
        {
            if (!numbers.TryGetValue(text, out var number)) numbers[text] = number = numbers.Count;
            return number;
        }
    }
}
