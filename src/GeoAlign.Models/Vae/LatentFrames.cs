namespace GeoAlign.Models;

/// <summary>Rectangles of single frames in latents <c>[16, F, rows, columns]</c>.</summary>
internal static class LatentFrames
{
    /// <summary>First video frame of a latent frame, and how many it covers.</summary>
    public static (int First, int Count) VideoFramesOf(int latentFrame) => latentFrame == 0
        ? (0, 1)
        : (WanVaeConfig.FramesPerLatentFrame * (latentFrame - 1) + 1, WanVaeConfig.FramesPerLatentFrame);

    /// <summary>Copies a tile of a frame, all channels, to <c>[16, rows, columns]</c>.</summary>
    public static void Take(LatentShape shape, ReadOnlySpan<float> latents, int frame, VaeTile tile, Span<float> values)
    {
        for (int channel = 0, at = 0; channel < WanVaeConfig.LatentChannels; channel++)
        {
            for (int row = 0; row < tile.Rows; row++, at += tile.Columns)
            {
                int from = ((channel * shape.Frames + frame) * shape.Height + tile.Row + row) * shape.Width + tile.Column;
                latents.Slice(from, tile.Columns).CopyTo(values[at..]);
            }
        }
    }

    /// <summary>Adds a tile of a frame, <c>[16, rows, columns]</c>, times its weights.</summary>
    public static void Add(
        LatentShape shape, ReadOnlySpan<float> values, ReadOnlySpan<float> blend, int frame, VaeTile tile, Span<float> latents)
    {
        for (int channel = 0, at = 0; channel < WanVaeConfig.LatentChannels; channel++)
        {
            for (int row = 0; row < tile.Rows; row++)
            {
                int to = ((channel * shape.Frames + frame) * shape.Height + tile.Row + row) * shape.Width + tile.Column;
                for (int column = 0; column < tile.Columns; column++, at++, to++) latents[to] += values[at] * blend[at % blend.Length];
            }
        }
    }

    /// <summary>Adds a rectangle to a plane of the given width.</summary>
    public static void AddPlane(ReadOnlySpan<float> values, VaeTile rectangle, int width, Span<float> plane)
    {
        for (int i = 0; i < values.Length; i++)
            plane[(rectangle.Row + i / rectangle.Columns) * width + rectangle.Column + i % rectangle.Columns] += values[i];
    }
}
