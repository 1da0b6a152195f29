using System.Globalization;
using System.Text;
using System.Text.Json.Serialization;

namespace GeoAlign.Grpo;

/// <summary>Which steps are stochastic and trained in which iteration: a pure function, so nothing is saved to resume.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(SlidingWindow), "sliding")]
[JsonDerivedType(typeof(RepositoryWindow), "repository")]
[JsonDerivedType(typeof(RandomWindow), "random")]
[JsonDerivedType(typeof(FrozenWindow), "frozen")]
public abstract record WindowRule
{
    /// <summary>The window of one group in one iteration.</summary>
    /// <param name="iteration">Iteration, from 0.</param>
    /// <param name="group">Group, counted over all ranks; most rules give all groups the same window.</param>
    /// <param name="steps">Solver steps T.</param>
    /// <param name="seed">Seed of the run, for rules that draw.</param>
    public SdeWindow At(int iteration, int group, int steps, ulong seed)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(iteration);
        ArgumentOutOfRangeException.ThrowIfNegative(group);
        string problems = string.Join("; ", Problems(steps));
        return problems.Length == 0 ? Choose(iteration, group, steps, seed) : throw new InvalidOperationException($"{GetType().Name}: {problems}.");
    }

    /// <summary>What is wrong with the rule's numbers for a sampler of that many steps; empty when nothing is.</summary>
    public abstract IEnumerable<string> Problems(int steps);

    /// <summary>The plan of a whole run in words, one line per stretch of iterations with the same window: "iterations 0–24: steps 0–3".</summary>
    /// <param name="iterations">Length of the run.</param>
    /// <param name="group">Group to describe.</param>
    /// <param name="steps">Solver steps T.</param>
    /// <param name="seed">Seed of the run.</param>
    public string Describe(int iterations, int group, int steps, ulong seed)
    {
        StringBuilder text = new();
        int first = 0;
        for (int i = 1; i <= iterations; i++)
        {
            SdeWindow window = At(first, group, steps, seed);
            if (i < iterations && At(i, group, steps, seed) == window) continue;
            string range = i - 1 == first ? $"iteration {first}" : $"iterations {first}–{i - 1}";
            text.AppendLine(CultureInfo.InvariantCulture, $"{range}: {window}");
            first = i;
        }

        return text.ToString();
    }

    /// <summary>Chooses the window; the arguments are good.</summary>
    protected abstract SdeWindow Choose(int iteration, int group, int steps, ulong seed);
}
