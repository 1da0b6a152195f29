using GeoAlign.Geometry;
using GeoAlign.Sampling;

namespace GeoAlign.Train;

/// <summary>One video to generate.</summary>
/// <param name="Video">Condition video.</param>
/// <param name="Move">Published move; null for the path of the settings' file.</param>
/// <param name="Speed">Factor of the move's speed.</param>
/// <param name="Output">Video to write.</param>
internal sealed record GenerationJob(ConditionVideo Video, CameraMove? Move, double Speed, string Output)
{
    /// <summary>Every video along every move at every speed; a single one goes to the named file, several into the named folder under the names that <c>evaluate</c> reads.</summary>
    /// <exception cref="UsageException">Neither or both of a path and moves, several videos along one path, or one file for several videos.</exception>
    /// <exception cref="ArgumentException">Two videos of one name.</exception>
    public static IReadOnlyList<GenerationJob> Of(GenerateSettings settings, IReadOnlyList<ConditionVideo> videos)
    {
        if (settings.Path is null == (settings.Moves.Count == 0)) throw new UsageException("give the target path with either --path or --move");
        if (settings.Path is not null)
        {
            return videos.Count == 1 && settings.Speeds is [1]
                ? [new GenerationJob(videos[0], null, 1, settings.Output)]
                : throw new UsageException("a path of a file is for one video and has no --speed; several videos, or speeds, go with --move");
        }

        if (videos.Count * settings.Moves.Count * settings.Speeds.Count == 1)
            return [new GenerationJob(videos[0], settings.Moves[0], settings.Speeds[0], settings.Output)];
        if (Path.HasExtension(settings.Output) && !Directory.Exists(settings.Output))
            throw new UsageException($"--output is {settings.Output}, but there are {videos.Count * settings.Moves.Count * settings.Speeds.Count} videos to write: name a folder");
        GenerationJob[] jobs =
        [
            .. from video in videos
               from move in settings.Moves.Distinct()
               from speed in settings.Speeds.Distinct()
               select new GenerationJob(video, move, speed, Path.Combine(settings.Output, new RetakeName(StemOf(video), move, speed) + ".mp4")),
        ];
        string? twice = jobs.GroupBy(job => job.Output, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1)?.Key;
        return twice is null ? jobs : throw new ArgumentException($"Two condition videos would be written to {twice}; their names must differ without folder and extension.");
    }

    /// <summary>Name of a condition video without folder and extension.</summary>
    public static string StemOf(ConditionVideo video) => Directory.Exists(video.Path) ? Path.GetFileName(Path.TrimEndingDirectorySeparator(video.Path)) : Path.GetFileNameWithoutExtension(video.Path);
}
