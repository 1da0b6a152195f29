using GeoAlign.Rewards;

namespace GeoAlign.Evaluate.Tests.Networks;

/// <summary>A function in the place of a network; it keeps the sizes of its runs.</summary>
internal sealed class FakeNetwork(Func<IReadOnlyList<PlanarImage>, NetworkTensor> answer) : IFrameNetwork
{
    public string Identity { get; init; } = "fake";

    public List<(int Frames, ImageSize Size)> Runs { get; } = [];

    public NetworkTensor Run(IReadOnlyList<PlanarImage> frames, CancellationToken stop)
    {
        Runs.Add((frames.Count, frames[0].Size));
        return answer(frames);
    }

    /// <summary>The same numbers for every frame.</summary>
    public static FakeNetwork Constant(params float[] perFrame) =>
        new(frames => new NetworkTensor([.. Enumerable.Repeat(perFrame, frames.Count).SelectMany(v => v)], [frames.Count, perFrame.Length]));

    /// <summary>The frames themselves: [n, 3, h, w].</summary>
    public static FakeNetwork Pixels() =>
        new(frames => new NetworkTensor([.. frames.SelectMany(f => f.Values.ToArray())], [frames.Count, 3, frames[0].Size.HeightPixels, frames[0].Size.WidthPixels]));

    /// <summary>One number per pixel: [n, 1, h, w].</summary>
    public static FakeNetwork Map(float value) =>
        new(frames => new NetworkTensor([.. Enumerable.Repeat(value, frames.Count * frames[0].Size.HeightPixels * frames[0].Size.WidthPixels)], [frames.Count, 1, frames[0].Size.HeightPixels, frames[0].Size.WidthPixels]));
}
