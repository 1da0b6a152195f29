namespace GeoAlign.Grpo.Tests;

/// <summary>Noise of a golden file: first by member, then by step and member.</summary>
internal sealed class RecordedNoise(Func<int, int, double[]> initial, Func<int, int, int, double[]> step) : ILatentNoise<double>
{
    public void Initial(int iteration, int group, int member, Span<double> noise) => initial(group, member).CopyTo(noise);

    public void Step(int iteration, int group, int member, int index, Span<double> noise) => step(group, member, index).CopyTo(noise);
}
