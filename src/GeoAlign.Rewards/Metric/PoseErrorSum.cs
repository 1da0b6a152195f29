namespace GeoAlign.Rewards;

/// <summary>Sums weighted errors of one video under the settings of the reward. A stack value: nothing is allocated.</summary>
internal struct PoseErrorSum
{
    private readonly GeometryRewardOptions _options;
    private readonly bool _skipUnknown;
    private double _weights, _translation, _rotation;
    private bool _unscorable, _compares;

    /// <summary>Starts a sum.</summary>
    /// <param name="options">Caps, powers and the policy for unknown errors.</param>
    /// <param name="unknown">Number of errors that are not known.</param>
    /// <param name="count">Number of errors.</param>
    /// <param name="comparesKnown">Whether a known error compares something and has a weight above 0.</param>
    /// <exception cref="PoseEstimationException">An error is unknown and the policy is <see cref="MissingPosePolicy.Throw"/>.</exception>
    public PoseErrorSum(GeometryRewardOptions options, int unknown, int count, bool comparesKnown)
    {
        if (unknown > 0 && options.MissingPoses == MissingPosePolicy.Throw)
            throw new PoseEstimationException($"{unknown} of {count} pose errors are unknown.");
        _options = options;
        // Skipping needs something left to score; otherwise every frame is penalised.
        _skipUnknown = options.MissingPoses == MissingPosePolicy.Skip && comparesKnown;
    }

    /// <summary>Whether a frame of this weight and knowledge must be measured at all.</summary>
    public static bool Counts(double weight, bool known) => known && weight > 0;

    /// <summary>Adds one error.</summary>
    /// <param name="weight">Its weight.</param>
    /// <param name="metres">Distance.</param>
    /// <param name="radians">Angle.</param>
    /// <param name="known">Whether the two are known.</param>
    /// <param name="isAnchor">Whether it is that of the frame the paths are seen from: 0 by construction where it is known, so that it compares nothing.</param>
    public void Add(double weight, double metres, double radians, bool known, bool isAnchor)
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
        _compares |= !isAnchor || !known;
        _weights += weight;
        _translation += weight * metres;
        _rotation += weight * radians;
    }

    /// <summary>The rewards; null when nothing was compared, or an unknown error counted under <see cref="MissingPosePolicy.Missing"/>.</summary>
    public readonly PoseRewards? Result()
    {
        if (_unscorable || !_compares) return null;
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
