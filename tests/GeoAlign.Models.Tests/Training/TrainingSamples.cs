namespace GeoAlign.Models.Tests;

/// <summary>Small made-up samples for a network without image input.</summary>
internal static class TrainingSamples
{
    public static readonly LatentShape Shape = LatentShape.ForVideo(5, 32, 32);

    public static SupervisedSample[] Some(int count, RedirectorConfig config) => [.. Enumerable.Range(0, count).Select(i => One(i, config))];

    public static SupervisedSample One(int seed, RedirectorConfig config)
    {
        Random random = new(seed);
        int maps = Shape.Layout.CameraChannels * Shape.Frames * Shape.HeightPixels * Shape.WidthPixels;
        return new SupervisedSample
        {
            Inputs = new RedirectorInputs
            {
                Shape = Shape, ConditionLatents = Numbers(Shape.Count), TargetCamera = Numbers(maps), ConditionCamera = Numbers(maps),
                Text = new TokenFeatures(2 + seed % 3, config.TextWidth, Numbers((2 + seed % 3) * config.TextWidth)),
            },
            Target = Numbers(Shape.Count),
        };

        float[] Numbers(int n) => [.. Enumerable.Range(0, n).Select(_ => (float)(2 * random.NextDouble() - 1))];
    }
}
