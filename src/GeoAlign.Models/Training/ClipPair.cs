using GeoAlign.Geometry;
using GeoAlign.Randomness;

namespace GeoAlign.Models;

/// <summary>Two recordings of one scene: the network sees the condition and learns to make the target.</summary>
/// <remarks>
/// ReDirector, <c>dataset/MultiCamVideo.py</c>: text, image and clean latents are the condition's, noisy latents the target's. Both
/// trajectories are taken relative to the first frame <b>of the condition</b>, after both were reversed if the sample is.
/// </remarks>
/// <param name="Condition">What the network is shown.</param>
/// <param name="Target">What it learns to make.</param>
/// <param name="Reversed">Whether both are played backwards.</param>
public sealed record ClipPair(TrainingClip Condition, TrainingClip Target, bool Reversed = false)
{
    /// <summary>
    /// The cameras of a sample: any target with any condition, or with any other one, half of them reversed. MultiCamVideo scenes have
    /// ten cameras.
    /// </summary>
    /// <param name="cameras">Cameras of the scene, at least 1; 2 where they must differ.</param>
    /// <param name="mayBeEqual">Whether target and condition may be one camera: yes in ReDirector's training, no in ReCamMaster's.</param>
    /// <param name="seed">Seed of the run.</param>
    /// <param name="update">Number of the update.</param>
    /// <param name="sample">Number of the sample in the update.</param>
    /// <returns>Indices from 0 and the direction, a function of the arguments alone.</returns>
    public static (int Condition, int Target, bool Reversed) Draw(int cameras, bool mayBeEqual, ulong seed, int update, int sample)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(cameras, mayBeEqual ? 1 : 2);
        CounterRandom random = new(seed, RandomPurpose.TrainingPair, update, sample);
        int target = random.Integer(cameras, 0);
        int condition = mayBeEqual ? random.Integer(cameras, 1) : random.Integer(cameras - 1, 1);
        if (!mayBeEqual && condition >= target) condition++;
        return (condition, target, random.Integer(2, 2) == 1);
    }

    /// <summary>The sample for a ReDirector network.</summary>
    /// <param name="camera">
    /// Intrinsics for the model image; of MultiCamVideo
    /// <c>NormalisedIntrinsics.FromLens(f).AfterCentreCrop(1280, 1280, width, height).ToPixels(width, height)</c>.
    /// </param>
    /// <exception cref="ArgumentException">The clips do not fit together, or reversed latents are missing.</exception>
    public SupervisedSample ForRedirector(CameraIntrinsics camera)
    {
        (CameraTrajectory condition, CameraTrajectory target) = Trajectories();
        LatentLayout layout = Target.Shape.Layout;
        return new SupervisedSample
        {
            Target = LatentsOf(Target),
            Inputs = new RedirectorInputs
            {
                Shape = Target.Shape, ConditionFrames = Condition.Shape.Frames, ConditionLatents = LatentsOf(Condition),
                TargetCamera = Maps(target), ConditionCamera = Maps(condition), Text = Condition.Text, Image = Condition.Image,
            },
        };

        float[] Maps(CameraTrajectory trajectory) => layout.FramesPerLatentFrame == 1
            ? PluckerRays.Planes(trajectory, camera)
            : PluckerRays.Packed(trajectory, camera);
    }

    /// <summary>The sample for a ReCamMaster network: the target's pose at the first video frame of every fourth.</summary>
    /// <exception cref="ArgumentException">The clips do not fit together, or reversed latents are missing.</exception>
    public SupervisedSample ForReCamMaster()
    {
        CameraTrajectory target = Trajectories().Target;
        int stride = Target.Shape.Layout.FramesPerLatentFrame;
        float[] poses = new float[Target.Shape.Frames * ReCamMasterConfig.PoseNumbers];
        for (int frame = 0; frame < Target.Shape.Frames; frame++)
        {
            SE3 pose = target[frame * stride];
            Matrix3d rotation = pose.Rotation.ToMatrix();
            for (int row = 0; row < 3; row++)
            {
                for (int column = 0; column < 4; column++)
                    poses[frame * ReCamMasterConfig.PoseNumbers + row * 4 + column] =
                        (float)(column < 3 ? rotation[row, column] : pose.Translation[row]);
            }
        }

        return new SupervisedSample
        {
            Target = LatentsOf(Target),
            Inputs = new ReCamMasterInputs { Shape = Target.Shape, SourceLatents = LatentsOf(Condition), Poses = poses, Text = Condition.Text, Image = Condition.Image },
        };
    }

    private (CameraTrajectory Condition, CameraTrajectory Target) Trajectories()
    {
        if (Condition.Shape with { Frames = Target.Shape.Frames } != Target.Shape)
            throw new ArgumentException($"A condition of {Condition.Shape} for a target of {Target.Shape}.");
        CameraTrajectory condition = PathOf(Condition), target = PathOf(Target);
        return (condition.RelativeToFirst(), target.RelativeTo(condition[0]));
    }

    private CameraTrajectory PathOf(TrainingClip clip)
    {
        if (clip.Trajectory.Count != clip.Shape.VideoFrames)
            throw new ArgumentException($"{clip.Trajectory.Count} poses for a clip of {clip.Shape.VideoFrames} frames.");
        return Reversed ? clip.Trajectory.Reversed() : clip.Trajectory;
    }

    private ReadOnlyMemory<float> LatentsOf(TrainingClip clip) => !Reversed
        ? clip.Latents
        : clip.ReversedLatents ?? throw new ArgumentException("A reversed sample needs the latents of the clip played backwards.");
}
