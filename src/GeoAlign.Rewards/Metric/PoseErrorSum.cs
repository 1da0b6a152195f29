namespace GeoAlign.Rewards;

/// <summary>Sums weighted errors of one video under the settings of the reward. A stack value: nothing is allocated.</summary>
internal struct PoseErrorSum
{
    private readonly GeometryRewardOptions _options;
    private readonly bool _skipUnknown;
    private double _weights, _translation, _rotation;
    private bool _unscorable;

    /// <summary>Starts a sum.</summary>
    /// <param name="options">Caps, powers and the policy for unknown errors.</param>
    /// <param name="unknown">Number of errors that are not known.</param>
    /// <param name="count">Number of errors.</param>
    /// <exception cref="PoseEstimationException">An error is unknown and the policy is <see cref="MissingPosePolicy.Throw"/>.</exception>
    public PoseErrorSum(GeometryRewardOptions options, int unknown, int count)
    {
        if (unknown > 0 && options.MissingPoses == MissingPosePolicy.Throw)
            throw new PoseEstimationException($"{unknown} of {count} pose errors are unknown.");
        _options = options;
        // Skipping needs something left to score; otherwise every frame is penalised.
        _skipUnknown = options.MissingPoses == MissingPosePolicy.Skip && unknown < count;
    }

    /// <summary>Whether a frame of this weight and knowledge must be measured at all.</summary>
    public static bool Counts(double weight, bool known) => known && weight > 0;

    /// <summary>Adds one error.</summary>
    public void Add(double weight, double metres, double radians, bool known)
    {
        if (weight == 0) return;
        if (!known)
        {
            if (_options.MissingPoses == MissingPosePolicy.Missing) _unscorable = true;
            if (_skipUnknown) return;
            (metres, radians) = (_options.PenaltyTranslationMetres, _options.PenaltyRotationRadians);
        }

        if (_options.TranslationCapMetres is { } cap) metres = Math.Min(metres, cap);
        if (_options.SquaredErrors) (metres, radians) = (metres * metres, radians * radians);
        if (_options.HuberTranslationMetres is { } t) metres = Huber(metres, t);
        if (_options.HuberRotationRadians is { } r) radians = Huber(radians, r);
        _weights += weight;
        _translation += weight * metres;
        _rotation += weight * radians;
    }

    /// <summary>The rewards; null when no error counted, or an unknown one did under <see cref="MissingPosePolicy.Missing"/>.</summary>
    public readonly PoseRewards? Result()
    {
        if (_unscorable || _weights == 0) return null;
        double divisor = _options.Reduction == ErrorReduction.WeightedMean ? _weights : 1;
        return new PoseRewards(Negated(_translation / divisor), Negated(_rotation / divisor));
    }

    /// <summary>Refuses a weight that is no weight.</summary>
    public static void ThrowUnlessWeight(double weight, int index)
    {
        if (!(weight >= 0 && double.IsFinite(weight)))
            throw new ArgumentException($"Weight {index} is {weight}, expected a finite number that is not negative.", nameof(weight));
    }

    // Huber 1964: e²/2 up to δ, δ·(e − δ/2) beyond.
    private static double Huber(double error, double delta) => error <= delta ? 0.5 * error * error : delta * (error - 0.5 * delta);

    // A perfect path scores 0, not −0.
    private static double Negated(double error) => error == 0 ? 0 : -error;
}
