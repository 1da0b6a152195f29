using System.Numerics;

namespace GeoAlign.Grpo;

/// <summary>The last data predictions of a rollout, for a plan whose tail looks back; holds nothing for other plans.</summary>
internal sealed class PredictionHistory<T>(RolloutPlan plan, LatentBuffers<T> buffers)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int LookBack = 2;      // order 3 uses two earlier predictions

    private readonly List<T[][]> _predictions = [];      // newest first

    public void Add(int step, T[][] states, T[][] velocities)
    {
        if (plan.Tail.IsEmpty || step < plan.Window.End - LookBack) return;
        if (_predictions.Count > LookBack)
        {
            buffers.Return(_predictions[^1]);
            _predictions.RemoveAt(LookBack);
        }

        T[][] predictions = buffers.Rent(states.Length);
        for (int m = 0; m < states.Length; m++) MultistepStep.Predict<T>(plan.Steps[step].Sigma, states[m], velocities[m], predictions[m]);
        _predictions.Insert(0, predictions);
    }

    /// <summary>Takes a step of the tail; false when the plan has none there.</summary>
    public bool TryAdvance(int step, int member, T[] state, T[] next)
    {
        if (plan.Tail.IsEmpty || step < plan.Window.End) return false;
        plan.Tail[step - plan.Window.End].Advance(state, Prediction(0, member), Prediction(1, member), Prediction(2, member), next);
        return true;
    }

    // Members that still shared their path left one prediction for all.
    private ReadOnlySpan<T> Prediction(int age, int member) =>
        age < _predictions.Count ? _predictions[age][member % _predictions[age].Length] : default;
}
