using GeoAlign.Geometry;
using GeoAlign.Sampling;

namespace GeoAlign.Miniature.Tests;

public sealed class CaseFilesTests : IDisposable
{
    private static readonly RoomRenderer Renderer = new(Room.FromSeed(1));

    private readonly string _folder = Directory.CreateTempSubdirectory("geoalign-cases-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task PNG_clips_are_drawn_by_the_source_of_real_clips_bit_by_bit()
    {
        MiniatureCase[] cases = Cases(3);
        await CaseFiles.WriteAsync(_folder, cases, Renderer, new VideoWriter());
        ConditionClipSource source = Clips(new FrameRate(8));

        for (int iteration = 0; iteration < 3; iteration++)
        {
            ConditionClip clip = await source.DrawAsync(1, iteration, 0);

            Assert.Equal(CaseFiles.NameOf(clip.SourceIndex), Path.GetFileName(clip.Path));
            Assert.Equal(RenderedBytes(cases[clip.SourceIndex], clip.StartFrame), clip.Video.Rgb24.ToArray());
        }
    }

    [Fact]
    public async Task MP4_clips_come_back_up_to_compression()
    {
        const int enlargement = 8;
        MiniatureCase[] cases = Cases(2);
        await CaseFiles.WriteAsync(_folder, cases, Renderer, new VideoWriter(), new() { Clips = ClipFormat.Mp4, Enlargement = enlargement });
        ConditionClipSource source = Clips(null, enlargement);

        for (int iteration = 0; iteration < 2; iteration++)
        {
            ConditionClip clip = await source.DrawAsync(1, iteration, 0);

            byte[] expected = RenderedBytes(cases[clip.SourceIndex], clip.StartFrame);
            double squares = 0;
            int compared = 0;
            for (int i = 0; i < clip.Video.Rgb24.Length; i++)
            {
                (int frame, int y, int x) = (i / (3 * 128 * 128), i / (3 * 128) % 128, i / 3 % 128);
                if (y % enlargement is < 2 or > 5 || x % enlargement is < 2 or > 5) continue;        // colours mix where squares meet
                double difference = clip.Video.Rgb24.Span[i] - expected[3 * ((frame * 16 + y / enlargement) * 16 + x / enlargement) + i % 3];
                squares += difference * difference;
                compared++;
            }

            double rms = Math.Sqrt(squares / compared);
            Assert.True(rms < 1.5, $"rms difference {rms} of 255");
        }
    }

    [Fact]
    public async Task Paths_are_read_like_those_of_real_cameras()
    {
        MiniatureCase[] cases = Cases(3);
        await CaseFiles.WriteAsync(_folder, cases, Renderer, new VideoWriter());

        for (int i = 0; i < cases.Length; i++)
        {
            RecordedTrajectory target = TrajectoryFile.Read(Path.Combine(_folder, "target", CaseFiles.NameOf(i) + ".txt"));
            RecordedTrajectory source = TrajectoryFile.Read(Path.Combine(_folder, "source", CaseFiles.NameOf(i) + ".txt"));
            RecordedTrajectory camera = TrajectoryFile.Read(
                Path.Combine(_folder, "target", "camera_extrinsics.json"), new() { CameraId = CaseFiles.CameraIdOf(i) });

            AssertEqual(cases[i].Requested, target.Trajectory.RelativeToFirst());
            AssertEqual(cases[i].Source, source.Trajectory.RelativeToFirst());
            AssertEqual(cases[i].Requested, camera.Trajectory.RelativeToFirst());
            AssertEqual(new([cases[i].StartCameraToWorld]), new([target.Trajectory[0]]));
            AssertEqual(new([cases[i].StartCameraToWorld]), new([source.Trajectory[0]]));
            Assert.Equal(5 / 8.0, target.Trajectory.TimestampsSeconds[5]);
            Assert.True(target.HasMetricScale);
        }
    }

    [Fact]
    public async Task The_source_of_target_paths_draws_them_at_new_speeds()
    {
        MiniatureCase[] cases = Cases(3);
        await CaseFiles.WriteAsync(_folder, cases, Renderer, new VideoWriter());
        TargetPathSource targets = TargetPathSource.FromReCamMasterJson(
            Path.Combine(_folder, "target", "camera_extrinsics.json"),
            new TargetPathOptions
            {
                FrameCount = 6,
                FrameRate = new FrameRate(8),
                TranslationMetresPerSecond = new(8 * 0.24, 8 * 0.07, 8 * 0.08, 8 * 0.36),
                RotationDegreesPerSecond = new(8 * 5, 8 * 2, 8 * 1, 8 * 9),
                Rescale = RescaleOptions.Paper with { MaximumJumpRatio = double.PositiveInfinity },
            });

        TargetPath path = targets.Draw(1, 0, 0);

        CameraTrajectory requested = cases[int.Parse(path.CameraId[4..], System.Globalization.CultureInfo.InvariantCulture)].Requested;
        double ratio = path.Trajectory[5].Translation.Length / requested[5].Translation.Length;
        for (int k = 0; k < 6; k++) Assert.Equal(0, Vector3d.Distance(ratio * requested[k].Translation, path.Trajectory[k].Translation), 1e-7);
    }

    [Fact]
    public void Bad_options_are_refused_together()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(
            () => new CaseFileOptions { Enlargement = 0, ConstantRateFactor = 60, FrameRate = default, Clips = (ClipFormat)9 }.Validated());

        foreach (string name in new[] { "Enlargement", "ConstantRateFactor", "FrameRate", "Clips" }) Assert.Contains(name, error.Message, StringComparison.Ordinal);
    }

    private static MiniatureCase[] Cases(int count) =>
        [.. Enumerable.Range(0, count).Select(i => MiniatureWorld.Draw(1, MiniatureSet.Validation, i, conditionFrames: 4))];

    private ConditionClipSource Clips(FrameRate? folderRate, int enlargement = 1) => new(
        [Path.Combine(_folder, "clips")],
        new ConditionClipOptions { FrameCount = 3, Size = new FrameSize(16 * enlargement, 16 * enlargement), FolderFrameRate = folderRate },
        new VideoReader());

    private static byte[] RenderedBytes(MiniatureCase drawn, int start)
    {
        float[] planar = new float[Renderer.FrameLength];
        byte[] all = new byte[3 * planar.Length];
        for (int k = 0; k < 3; k++)
        {
            Renderer.RenderPlanar(drawn.StartCameraToWorld * drawn.Source[start + k], planar);
            FramePixels.ToRgb24(planar, all.AsSpan(k * planar.Length, planar.Length));
        }

        return all;
    }

    private static void AssertEqual(CameraTrajectory expected, CameraTrajectory actual)
    {
        Assert.Equal(expected.Count, actual.Count);
        for (int i = 0; i < expected.Count; i++)
        {
            Assert.Equal(0, Vector3d.Distance(expected[i].Translation, actual[i].Translation), 1e-12);
            Assert.Equal(0, SO3.GeodesicDistance(expected[i].Rotation, actual[i].Rotation), 1e-12);
        }
    }
}
