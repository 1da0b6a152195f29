namespace GeoAlign.Rewards;

/// <summary>How VBench (arXiv 2311.17982) turns what its networks say of frames into scores of a video and of a set of videos.</summary>
/// <remarks>
/// Formulas as in the published code, for videos of one's own. <see cref="TemporalFlicker"/> needs no network; <see cref="VBenchDynamicDegree"/> and
/// <see cref="VBenchQuality"/> have types of their own. A set's score is the mean of its videos, except for the consistencies (<see cref="ConsistencyOfSet"/>).
/// </remarks>
public static class VBench
{
    /// <summary>
    /// Consistency of the features of a video's frames (subject: DINO ViT-B/16; background: CLIP ViT-B/32), one number per frame i ≥ 1:
    /// <c>(max(0, cos(f_{i−1}, f_i)) + max(0, cos(f_0, f_i)))/2</c>.
    /// </summary>
    /// <param name="features">One feature after the other, of at least 2 frames; no feature is zero.</param>
    /// <param name="featureLength">Numbers in a feature.</param>
    /// <exception cref="ArgumentException">Fewer than 2 features, a length that does not fit, or a feature without direction.</exception>
    public static double[] FrameConsistency(ReadOnlySpan<double> features, int featureLength)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(featureLength);
        if (features.Length % featureLength != 0 || features.Length < 2 * featureLength)
            throw new ArgumentException($"{features.Length} numbers, expected those of 2 or more features of {featureLength}.", nameof(features));

        double[] scores = new double[features.Length / featureLength - 1];
        ReadOnlySpan<double> first = features[..featureLength], previous = first;
        for (int i = 0; i < scores.Length; i++)
        {
            ReadOnlySpan<double> current = features.Slice((i + 1) * featureLength, featureLength);
            scores[i] = (Math.Max(0, Cosine(previous, current, i, i + 1)) + Math.Max(0, Cosine(first, current, 0, i + 1))) / 2;
            previous = current;
        }

        return scores;
    }

    /// <summary>Consistency of a video: the mean of <see cref="FrameConsistency"/>.</summary>
    public static double Consistency(ReadOnlySpan<double> features, int featureLength) => Mean(FrameConsistency(features, featureLength), nameof(features));

    /// <summary>Consistency of a set: the mean over all frames of all videos, so that long videos weigh more (VBench in one process).</summary>
    /// <param name="frameConsistency"><see cref="FrameConsistency"/> of each video.</param>
    public static double ConsistencyOfSet(IEnumerable<IReadOnlyList<double>> frameConsistency) => Mean([.. frameConsistency.SelectMany(v => v)], nameof(frameConsistency));

    /// <summary>Aesthetic score of each frame, about 0 to 10: the CLIP ViT-L/14 image feature at unit length through the linear predictor.</summary>
    /// <param name="clipFeatures">One feature after the other, any length; none is zero.</param>
    /// <param name="weight">Weights of the predictor, one per number of a feature.</param>
    /// <param name="bias">Its bias.</param>
    /// <remarks>In double; the published code normalises in float32, a difference of about 1e-8.</remarks>
    public static double[] FrameAesthetics(ReadOnlySpan<float> clipFeatures, ReadOnlySpan<float> weight, double bias)
    {
        if (weight.IsEmpty || clipFeatures.IsEmpty || clipFeatures.Length % weight.Length != 0)
            throw new ArgumentException($"{clipFeatures.Length} numbers, expected those of 1 or more features of {weight.Length}.", nameof(clipFeatures));
        double[] scores = new double[clipFeatures.Length / weight.Length];
        for (int i = 0; i < scores.Length; i++)
        {
            ReadOnlySpan<float> feature = clipFeatures.Slice(i * weight.Length, weight.Length);
            double squares = 0, product = 0;
            for (int k = 0; k < feature.Length; k++)
            {
                squares += (double)feature[k] * feature[k];
                product += (double)feature[k] * weight[k];
            }

            if (!(squares > 0 && double.IsFinite(squares))) throw new ArgumentException($"Feature {i} is zero or not finite.", nameof(clipFeatures));
            scores[i] = product / Math.Sqrt(squares) + bias;
        }

        return scores;
    }

    /// <summary>Aesthetic quality of a video: the mean of <see cref="FrameAesthetics"/>, divided by 10.</summary>
    public static double Aesthetic(ReadOnlySpan<double> frameAesthetics) => Mean(frameAesthetics, nameof(frameAesthetics)) / 10;

    /// <summary>Imaging quality of a video: the mean of MUSIQ over its frames (0 to 100), divided by 100.</summary>
    public static double Imaging(ReadOnlySpan<double> frameMusiq) => Mean(frameMusiq, nameof(frameMusiq)) / 100;

    /// <summary>
    /// Motion smoothness of a video, in [0, 1]: <c>(255 − mean_k mean|odd_k − predicted_k|)/255</c>, where a frame interpolator predicted the odd
    /// frames 1, 3, 5, … from their even neighbours.
    /// </summary>
    /// <param name="video">At least 3 frames.</param>
    /// <param name="predicted">One frame between each two neighbouring even frames: (T − 1)/2, rounded down.</param>
    /// <exception cref="ArgumentException">Sizes or frame counts do not fit.</exception>
    public static double MotionSmoothness(VideoFrames video, VideoFrames predicted)
    {
        ArgumentNullException.ThrowIfNull(video);
        ArgumentNullException.ThrowIfNull(predicted);
        int expected = (video.FrameCount - 1) / 2;
        if (expected == 0) throw new ArgumentException($"A video of {video.FrameCount} frames has no frame between two even ones; expected at least 3 frames.", nameof(video));
        if (predicted.FrameCount != expected) throw new ArgumentException($"{predicted.FrameCount} predicted frames for a video of {video.FrameCount}, expected {expected}.", nameof(predicted));
        if (predicted.WidthPixels != video.WidthPixels || predicted.HeightPixels != video.HeightPixels)
            throw new ArgumentException($"Predicted frames of {predicted.WidthPixels}×{predicted.HeightPixels} pixels for a video of {video.WidthPixels}×{video.HeightPixels}.", nameof(predicted));

        double[] differences = new double[expected];
        for (int k = 0; k < expected; k++) differences[k] = TemporalFlicker.MeanDifference(video.Frame(2 * k + 1), predicted.Frame(k));
        return FromDifferences(differences);
    }

    /// <summary>(255 − mean)/255.</summary>
    internal static double FromDifferences(ReadOnlySpan<double> differences) => (255 - Mean(differences, nameof(differences))) / 255;

    private static double Mean(ReadOnlySpan<double> values, string name)
    {
        if (values.IsEmpty) throw new ArgumentException("No value to average.", name);
        double sum = 0;
        for (int i = 0; i < values.Length; i++) sum += double.IsFinite(values[i]) ? values[i] : throw new ArgumentException($"Value {i} is {values[i]}, expected a finite number.", name);
        return sum / values.Length;
    }

    private static double Cosine(ReadOnlySpan<double> a, ReadOnlySpan<double> b, int frameA, int frameB)
    {
        double product = 0, aa = 0, bb = 0;
        for (int i = 0; i < a.Length; i++)
        {
            product += a[i] * b[i];
            aa += a[i] * a[i];
            bb += b[i] * b[i];
        }

        if (!(aa > 0 && double.IsFinite(aa))) throw new ArgumentException($"The feature of frame {frameA} is zero or not finite.", nameof(a));
        if (!(bb > 0 && double.IsFinite(bb))) throw new ArgumentException($"The feature of frame {frameB} is zero or not finite.", nameof(b));
        return product / (Math.Sqrt(aa) * Math.Sqrt(bb));
    }
}
