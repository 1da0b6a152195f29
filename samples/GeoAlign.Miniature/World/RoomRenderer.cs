using System.Runtime.Intrinsics;
using GeoAlign.Geometry;

namespace GeoAlign.Miniature;

/// <summary>
/// Pictures of a room as a pinhole camera with a horizontal field of view of 90° sees it: square pixels, the optical axis through the middle
/// of the picture, several rays per pixel and their mean. Immutable; renders on several threads at once and without allocation.
/// </summary>
/// <remarks>
/// OpenCV axes: the ray through the picture position (x, y) in pixels, from the upper left corner, is
/// <c>R · ((x − W/2)/f, (y − H/2)/f, 1)</c> with <c>f = W/2</c> and R the rotation of the camera-to-world pose.
/// </remarks>
internal sealed class RoomRenderer
{
    private readonly int _samples;
    private readonly double _focalPixels;

    /// <summary>Sets up a camera in a room.</summary>
    /// <param name="room">The room.</param>
    /// <param name="widthPixels">W ≥ 1.</param>
    /// <param name="heightPixels">H ≥ 1.</param>
    /// <param name="samplesPerAxis">n ≥ 1: a pixel is the mean over n × n rays on a regular grid.</param>
    public RoomRenderer(Room room, int widthPixels = 16, int heightPixels = 16, int samplesPerAxis = 2)
    {
        ArgumentNullException.ThrowIfNull(room);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(widthPixels);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(heightPixels);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(samplesPerAxis);
        (Room, WidthPixels, HeightPixels, _samples) = (room, widthPixels, heightPixels, samplesPerAxis);
        _focalPixels = 0.5 * widthPixels;
        Intrinsics = new(_focalPixels, _focalPixels, 0.5 * widthPixels, 0.5 * heightPixels, widthPixels, heightPixels);
    }

    /// <summary>What is rendered.</summary>
    public Room Room { get; }

    /// <summary>W.</summary>
    public int WidthPixels { get; }

    /// <summary>H.</summary>
    public int HeightPixels { get; }

    /// <summary>Numbers of a frame: 3 · H · W.</summary>
    public int FrameLength => 3 * HeightPixels * WidthPixels;

    /// <summary>The camera.</summary>
    public CameraIntrinsics Intrinsics { get; }

    /// <summary>Renders one frame as planes, [3, H, W] in [−1, 1]: the layout of the networks.</summary>
    /// <param name="cameraToWorld">Pose of the camera; its centre inside of the room.</param>
    /// <param name="planar">3 · H · W numbers.</param>
    /// <exception cref="ArgumentException">The camera is not inside of the room, or the span has another length.</exception>
    public void RenderPlanar(in SE3 cameraToWorld, Span<float> planar) => Render(cameraToWorld, planar, HeightPixels * WidthPixels, 1);

    /// <summary>Renders one frame with the channels last, [H, W, 3] in [−1, 1]: the layout of videos.</summary>
    /// <inheritdoc cref="RenderPlanar"/>
    public void RenderInterleaved(in SE3 cameraToWorld, Span<float> interleaved) => Render(cameraToWorld, interleaved, 1, 3);

    /// <summary>Renders a path, planes of every frame: [F, 3, H, W] in [−1, 1].</summary>
    /// <param name="startCameraToWorld">World pose that the path is relative to.</param>
    /// <param name="relative">F poses <c>T_k</c>; frame k is seen from <c>T_start · T_k</c>.</param>
    /// <param name="planar">F · 3 · H · W numbers.</param>
    /// <exception cref="ArgumentException">A camera is not inside of the room, or the span has another length.</exception>
    public void RenderClipPlanar(in SE3 startCameraToWorld, ReadOnlySpan<SE3> relative, Span<float> planar)
    {
        if (planar.Length != relative.Length * FrameLength)
            throw new ArgumentException($"Room for {planar.Length} numbers, expected {relative.Length} frames of {FrameLength}.", nameof(planar));
        for (int k = 0; k < relative.Length; k++) RenderPlanar(startCameraToWorld * relative[k], planar.Slice(k * FrameLength, FrameLength));
    }

    private void Render(in SE3 cameraToWorld, Span<float> pixels, int channelStride, int pixelStride)
    {
        Vector3d o = cameraToWorld.Translation;
        if (!Room.Contains(o)) throw new ArgumentException($"The camera at {o} m is not inside of the room.", nameof(cameraToWorld));
        if (pixels.Length != FrameLength)
            throw new ArgumentException($"Room for {pixels.Length} numbers, expected {FrameLength} (3 × {HeightPixels} × {WidthPixels}).", nameof(pixels));

        Matrix3d r = cameraToWorld.Rotation.ToMatrix();
        double step = 1 / (_samples * _focalPixels), left = -1 + 0.5 * step, top = -HeightPixels / (2 * _focalPixels) + 0.5 * step;
        var mean = Vector128.Create(1f / (_samples * _samples));
        for (int y = 0; y < HeightPixels; y++)
        {
            for (int x = 0; x < WidthPixels; x++)
            {
                Vector128<float> sum = Vector128<float>.Zero;
                for (int sy = 0; sy < _samples; sy++)
                {
                    double v = top + (y * _samples + sy) * step;
                    double ax = r.M01 * v + r.M02, ay = r.M11 * v + r.M12, az = r.M21 * v + r.M22;
                    for (int sx = 0; sx < _samples; sx++)
                    {
                        double u = left + (x * _samples + sx) * step;
                        sum += Room.ColourAlong(o.X, o.Y, o.Z, r.M00 * u + ax, r.M10 * u + ay, r.M20 * u + az);
                    }
                }

                sum *= mean;
                int at = (y * WidthPixels + x) * pixelStride;
                pixels[at] = sum[0];
                pixels[at + channelStride] = sum[1];
                pixels[at + 2 * channelStride] = sum[2];
            }
        }
    }
}
