using System.Globalization;
using GeoAlign.Geometry;
using GeoAlign.Sampling;

namespace GeoAlign.Miniature;

/// <summary>Writes cases as the ordinary files that real data come in, so that training reads both in the same way.</summary>
/// <remarks>
/// Per case i: <c>clips/0000i</c> (a folder of PNG frames) or <c>clips/0000i.mp4</c>, the condition clip; <c>source/0000i.txt</c>, its camera path,
/// and <c>target/0000i.txt</c>, the path asked for, both in TUM's format and in the room's coordinates. <c>target/camera_extrinsics.json</c>
/// holds all paths asked for once more, as cameras <c>case00000</c> and on, in ReCamMaster's format.
/// </remarks>
internal static class CaseFiles
{
    /// <summary>Name of the folder of clips.</summary>
    public const string ClipsFolder = "clips";

    /// <summary>Name of the folder of the clips' own paths.</summary>
    public const string SourceFolder = "source";

    /// <summary>Name of the folder of the paths asked for.</summary>
    public const string TargetFolder = "target";

    /// <summary>Name of the file with all paths asked for, in <see cref="TargetFolder"/>.</summary>
    public const string TargetCamerasFile = "camera_extrinsics.json";

    /// <summary>Name of a case in <see cref="TargetCamerasFile"/>.</summary>
    public static string CameraIdOf(int number) => "case" + NameOf(number);

    /// <summary>Name of the files of a case, without extension.</summary>
    /// <param name="number">Place in the list of cases, from 0.</param>
    public static string NameOf(int number) => number.ToString("D5", CultureInfo.InvariantCulture);

    /// <summary>Writes cases into a folder.</summary>
    /// <param name="folder">Made if need be. Frame folders of the same name must not exist yet; other files are replaced.</param>
    /// <param name="cases">At least one.</param>
    /// <param name="renderer">Room and frame size.</param>
    /// <param name="writer">Writes clips.</param>
    /// <param name="options">Formats; null takes the defaults.</param>
    /// <param name="cancellationToken">Stops between files.</param>
    /// <exception cref="VideoException">A clip cannot be written.</exception>
    /// <exception cref="ArgumentException">No case, or bad options.</exception>
    public static async Task WriteAsync(
        string folder, IReadOnlyList<MiniatureCase> cases, RoomRenderer renderer, VideoWriter writer,
        CaseFileOptions? options = null, CancellationToken cancellationToken = default)
    {
        options = (options ?? new()).Validated();
        if (cases.Count == 0) throw new ArgumentException("No case to write, expected at least one.", nameof(cases));
        foreach (string part in new[] { ClipsFolder, SourceFolder, TargetFolder }) Directory.CreateDirectory(Path.Combine(folder, part));

        for (int i = 0; i < cases.Count; i++)
        {
            VideoClip clip = ConditionClipOf(cases[i], renderer, options);
            string name = Path.Combine(folder, ClipsFolder, NameOf(i));
            await (options.Clips == ClipFormat.Mp4
                ? writer.WriteMp4Async(clip, name + ".mp4", options.ConstantRateFactor, cancellationToken)
                : writer.WritePngFramesAsync(clip, name, cancellationToken)).ConfigureAwait(false);
            TumFormat.Write(Path.Combine(folder, SourceFolder, NameOf(i) + ".txt"), InWorld(cases[i], cases[i].Source, options.FrameRate));
            TumFormat.Write(Path.Combine(folder, TargetFolder, NameOf(i) + ".txt"), InWorld(cases[i], cases[i].Requested, options.FrameRate));
        }

        ReCamMasterCameras.Write(
            Path.Combine(folder, TargetFolder, TargetCamerasFile),
            cases.Select((drawn, i) => KeyValuePair.Create(CameraIdOf(i), InWorld(drawn, drawn.Requested, options.FrameRate))));
    }

    /// <summary>The condition clip of a case as bytes, enlarged.</summary>
    public static VideoClip ConditionClipOf(MiniatureCase drawn, RoomRenderer renderer, CaseFileOptions options)
    {
        int scale = options.Enlargement, width = renderer.WidthPixels, height = renderer.HeightPixels;
        FrameSize size = new(scale * width, scale * height);
        float[] planar = new float[renderer.FrameLength];
        byte[] small = new byte[renderer.FrameLength], clip = new byte[drawn.Source.Count * size.Rgb24Bytes];
        for (int k = 0; k < drawn.Source.Count; k++)
        {
            renderer.RenderPlanar(drawn.StartCameraToWorld * drawn.Source[k], planar);
            FramePixels.ToRgb24(planar, small);
            Enlarge(small, width, scale, clip.AsSpan(k * size.Rgb24Bytes, size.Rgb24Bytes));
        }

        return new VideoClip(clip, size, options.FrameRate);
    }

    private static void Enlarge(ReadOnlySpan<byte> rgb24, int width, int scale, Span<byte> enlarged)
    {
        int row = 3 * width * scale;
        for (int at = 0; at < enlarged.Length; at += 3)
        {
            int x = at % row / 3 / scale, y = at / row / scale;
            rgb24.Slice(3 * (y * width + x), 3).CopyTo(enlarged[at..]);
        }
    }

    private static CameraTrajectory InWorld(MiniatureCase drawn, CameraTrajectory relative, FrameRate rate) => new(
        [.. relative.Select(pose => drawn.StartCameraToWorld * pose)],
        [.. Enumerable.Range(0, relative.Count).Select(i => i / rate.FramesPerSecond)]);
}
