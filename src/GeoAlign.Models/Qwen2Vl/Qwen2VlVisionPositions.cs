namespace GeoAlign.Models;

/// <summary>Where the patches of a frame pair lie, in the order of <see cref="Qwen2VlPatches"/>.</summary>
internal static class Qwen2VlVisionPositions
{
    private const double RotaryBase = 10_000;

    /// <summary>Row and column of each patch: 2×2 blocks in raster order, patches in raster order inside them, the same for every frame pair.</summary>
    public static (int Row, int Column)[] Of(Qwen2VlPatches patches)
    {
        const int side = Qwen2VlConfig.MergedSide;
        (int Row, int Column)[] positions = new (int, int)[patches.PatchCount];
        int next = 0;
        for (int frame = 0; frame < patches.GridFrames; frame++)
        {
            for (int block = 0; block < patches.GridRows * patches.GridColumns / Qwen2VlConfig.MergedPatches; block++)
            {
                int blocksPerRow = patches.GridColumns / side, top = block / blocksPerRow * side, left = block % blocksPerRow * side;
                for (int i = 0; i < Qwen2VlConfig.MergedPatches; i++) positions[next++] = (top + i / side, left + i % side);
            }
        }

        return positions;
    }

    /// <summary>
    /// Angles of half a head, <c>[patches, d/2]</c>: row · f_k, then column · f_k, with f_k = 10000^(−4k/d) for k = 0 … d/4 − 1.
    /// </summary>
    public static double[] Angles((int Row, int Column)[] positions, int headWidth)
    {
        int frequencies = headWidth / 4;
        double[] angles = new double[positions.Length * 2 * frequencies];
        for (int k = 0; k < frequencies; k++)
        {
            double frequency = Math.Pow(RotaryBase, -4.0 * k / headWidth);
            for (int i = 0; i < positions.Length; i++)
            {
                angles[i * 2 * frequencies + k] = positions[i].Row * frequency;
                angles[i * 2 * frequencies + frequencies + k] = positions[i].Column * frequency;
            }
        }

        return angles;
    }
}
