namespace GeoAlign.Geometry;

/// <summary>Plücker maps: for every pixel of every frame the ray through it, as the control-camera adapter takes them. float32.</summary>
/// <remarks>
/// Six channels, <b>moment first, direction second</b>: <c>(o × r, r)</c> with the camera's centre o and the unit direction r in the world. The ray
/// goes through the pixel's centre, column i + ½ and row j + ½. Computed in double and rounded once. Nothing is changed in the input.
/// </remarks>
public static class PluckerRays
{
    /// <summary>Channels of one ray.</summary>
    public const int Channels = 6;

    /// <summary>Frames that share one latent frame.</summary>
    public const int TemporalStride = 4;

    /// <summary>Channels of a packed map: 6 channels × 4 frames.</summary>
    public const int PackedChannels = Channels * TemporalStride;

    /// <summary>Latent frames of a clip: <c>(F + 3)/4</c>.</summary>
    /// <exception cref="ArgumentException">F is not 4k + 1.</exception>
    public static int PackedFrames(int frames) => frames > 0 && frames % TemporalStride == 1
        ? (frames + TemporalStride - 1) / TemporalStride
        : throw new ArgumentException($"{frames} frames, expected 4k + 1: one frame alone, then groups of four.", nameof(frames));

    /// <summary>Maps of a path, layout (F, H, W, 6).</summary>
    public static float[] Maps(CameraTrajectory trajectory, CameraIntrinsics intrinsics)
    {
        float[] maps = new float[checked(trajectory.Count * FrameSize(intrinsics))];
        for (int i = 0; i < trajectory.Count; i++)
            FrameOf(trajectory[i], intrinsics).WriteInterleaved(maps.AsSpan(i * FrameSize(intrinsics)));
        return maps;
    }

    /// <summary>Maps of camera rows with their matrices as given, layout (F, H, W, 6); see <see cref="CameraRows"/>.</summary>
    /// <remarks>The matrices are not projected to rotations: networks were trained on the printed digits of their files.</remarks>
    /// <param name="rows">19 numbers per frame.</param>
    /// <param name="widthPixels">Width of the model image.</param>
    /// <param name="heightPixels">Height of the model image.</param>
    /// <param name="originalWidthPixels">Width of the image the intrinsics belong to; see <see cref="NormalisedIntrinsics.AfterCentreCrop"/>.</param>
    /// <param name="originalHeightPixels">Height of that image.</param>
    /// <exception cref="ArgumentException">Not a whole number of rows, or a number in one is not finite; the message names the row.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A focal length or a size is not positive.</exception>
    public static float[] Maps(ReadOnlySpan<double> rows, int widthPixels, int heightPixels, int originalWidthPixels, int originalHeightPixels)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(widthPixels);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(heightPixels);
        float[] maps = new float[checked(CameraRows.CountOf(rows) * widthPixels * heightPixels * Channels)];
        for (int i = 0; i < rows.Length / CameraRows.Length; i++)
        {
            PluckerFrame frame = FrameOf(rows.Slice(CameraRows.Length * i, CameraRows.Length), widthPixels, heightPixels, originalWidthPixels, originalHeightPixels);
            frame.WriteInterleaved(maps.AsSpan(i * widthPixels * heightPixels * Channels));
        }

        return maps;
    }

    /// <summary>Maps of a path, layout (6, F, H, W): the adapter's input where no frames are joined.</summary>
    /// <param name="trajectory">Camera-to-world poses.</param>
    /// <param name="intrinsics">Camera of every frame, for the model image.</param>
    public static float[] Planes(CameraTrajectory trajectory, CameraIntrinsics intrinsics)
    {
        int area = checked(intrinsics.WidthPixels * intrinsics.HeightPixels), frames = trajectory.Count;
        float[] planes = new float[checked(Channels * frames * area)], map = new float[FrameSize(intrinsics)];
        for (int f = 0; f < frames; f++)
        {
            FrameOf(trajectory[f], intrinsics).WriteInterleaved(map);
            for (int c = 0; c < Channels; c++)
            {
                Span<float> plane = planes.AsSpan((c * frames + f) * area, area);
                for (int p = 0; p < area; p++) plane[p] = map[p * Channels + c];
            }
        }

        return planes;
    }

    /// <summary>Packed maps of a path, layout (24, F′, H, W): the adapter's input, without the unpacked maps in between.</summary>
    /// <param name="trajectory">4k + 1 camera-to-world poses.</param>
    /// <param name="intrinsics">Camera of every frame, for the model image.</param>
    /// <exception cref="ArgumentException">The number of frames is not 4k + 1.</exception>
    public static float[] Packed(CameraTrajectory trajectory, CameraIntrinsics intrinsics)
    {
        PackedPlanes planes = new(trajectory.Count, intrinsics.WidthPixels, intrinsics.HeightPixels);
        for (int i = 0; i < trajectory.Count; i++) planes.Write(i, FrameOf(trajectory[i], intrinsics));
        return planes.Values;
    }

    /// <summary>Packed maps of camera rows with their matrices as given, layout (24, F′, H, W).</summary>
    /// <inheritdoc cref="Maps(ReadOnlySpan{double}, int, int, int, int)"/>
    /// <exception cref="ArgumentException">Not 4k + 1 rows, or a number in one is not finite; the message names the row.</exception>
    public static float[] Packed(ReadOnlySpan<double> rows, int widthPixels, int heightPixels, int originalWidthPixels, int originalHeightPixels)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(widthPixels);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(heightPixels);
        PackedPlanes planes = new(CameraRows.CountOf(rows), widthPixels, heightPixels);
        for (int i = 0; i < planes.Frames; i++)
            planes.Write(i, FrameOf(rows.Slice(CameraRows.Length * i, CameraRows.Length), widthPixels, heightPixels, originalWidthPixels, originalHeightPixels));
        return planes.Values;
    }

    /// <summary>
    /// Packs maps of layout (F, H, W, 6) into (24, F′, H, W): frame 0 fills group 0 four times, group g holds frames 4g − 3 … 4g, channel = 4·c + j.
    /// </summary>
    /// <param name="maps">Maps of layout (F, H, W, 6).</param>
    /// <param name="frames">F = 4k + 1.</param>
    /// <param name="heightPixels">H.</param>
    /// <param name="widthPixels">W.</param>
    /// <exception cref="ArgumentException">The number of frames is not 4k + 1, or the maps have another size.</exception>
    public static float[] Pack(ReadOnlySpan<float> maps, int frames, int heightPixels, int widthPixels)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(widthPixels);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(heightPixels);
        int latentFrames = PackedFrames(frames), area = checked(heightPixels * widthPixels);
        if (maps.Length != checked(frames * area * Channels))
            throw new ArgumentException($"{maps.Length} numbers, expected {frames}×{heightPixels}×{widthPixels}×{Channels}.", nameof(maps));

        float[] packed = new float[checked(PackedChannels * latentFrames * area)];
        for (int slot = 0; slot < TemporalStride * latentFrames; slot++)
        {
            int frame = Math.Max(0, slot - (TemporalStride - 1));
            ReadOnlySpan<float> map = maps.Slice(frame * area * Channels, area * Channels);
            for (int c = 0; c < Channels; c++)
            {
                Span<float> plane = packed.AsSpan((TemporalStride * c + slot % TemporalStride) * latentFrames * area + slot / TemporalStride * area, area);
                for (int p = 0; p < area; p++) plane[p] = map[p * Channels + c];
            }
        }

        return packed;
    }

    private static PluckerFrame FrameOf(SE3 pose, CameraIntrinsics intrinsics) => new(pose.Rotation.ToMatrix(), pose.Translation, intrinsics);

    private static PluckerFrame FrameOf(ReadOnlySpan<double> row, int width, int height, int originalWidth, int originalHeight)
    {
        Matrix3d axes = new(row[7], row[8], row[9], row[11], row[12], row[13], row[15], row[16], row[17]);
        CameraIntrinsics intrinsics = CameraRows.Intrinsics(row).AfterCentreCrop(originalWidth, originalHeight, width, height).ToPixels(width, height);
        return new(axes, new(row[10], row[14], row[18]), intrinsics);
    }

    private static int FrameSize(CameraIntrinsics intrinsics) => checked(intrinsics.WidthPixels * intrinsics.HeightPixels * Channels);
}
