using static TorchSharp.torch;

namespace GeoAlign.Miniature;

/// <summary>Spoiled frames with what is true about them.</summary>
/// <param name="Pictures">[N, 768], what a network sees.</param>
/// <param name="Clean">[N, 768], the room from the frame's pose.</param>
/// <param name="Pose">[N, 6], <see cref="PoseCoordinates"/>.</param>
/// <param name="Error">[N, 1], mean square of pictures minus clean.</param>
internal sealed record FrameBatch(Tensor Pictures, Tensor Clean, Tensor Pose, Tensor Error) : IDisposable
{
    public void Dispose()
    {
        Pictures.Dispose();
        Clean.Dispose();
        Pose.Dispose();
        Error.Dispose();
    }
}
