using System.Collections.Immutable;

namespace RobotWorker.Recording.LeRobot.Sets;

/// <summary>An episode of a set that is there.</summary>
/// <param name="Number">Its own in its set.</param>
/// <param name="DataFile">Where its frames are, from <paramref name="FirstRow"/> on.</param>
/// <param name="Films">By the feature's key.</param>
/// <param name="Pictures">Statistics of pictures by the feature's key, as far as the set tells them.</param>
public sealed record StoredEpisode(
    int Number, int Length, ImmutableArray<string> Tasks, string DataFile, int FirstRow, ImmutableSortedDictionary<string, FilmSlice> Films, ImmutableSortedDictionary<string, PictureStatistics> Pictures);

/// <summary>The part of a video file that is an episode's.</summary>
/// <param name="First">Its first frame in the file.</param>
/// <param name="IsAlone">No other episode names the file.</param>
public sealed record FilmSlice(string File, int First, int Frames, bool IsAlone);
