namespace GeoAlign.Models;

/// <summary>Time, row and column of every token of a batch of sequences.</summary>
internal sealed class Qwen2VlPositions
{
    private const long Padding = 1;      // what the published routine gives to padded tokens

    private Qwen2VlPositions(int count, int length) => (Count, Length, Values) = (count, length, new long[Qwen2VlConfig.Axes * count * length]);

    /// <summary>Sequences.</summary>
    public int Count { get; }

    /// <summary>Tokens of each, padding among them.</summary>
    public int Length { get; }

    /// <summary><c>[3, sequences, tokens]</c>, row-major.</summary>
    public long[] Values { get; }

    /// <summary>0, 1, 2, … on all three axes.</summary>
    public static Qwen2VlPositions Sequential(int count, int length)
    {
        Qwen2VlPositions positions = new(count, length);
        for (int i = 0; i < positions.Values.Length; i++) positions.Values[i] = i % length;
        return positions;
    }

    /// <summary>
    /// A text token takes the next number on all axes; a block of pieces takes that number plus its own time, row and column, and what
    /// follows goes on after the block's longest side. Wang et al. 2024 (Qwen2-VL), section 2.1, M-RoPE.
    /// </summary>
    /// <param name="ids"><c>[sequences, tokens]</c>, row-major.</param>
    /// <param name="isText">Whether each is a token and not padding; padding may stand anywhere.</param>
    /// <param name="length">Tokens of a sequence, padding among them.</param>
    /// <param name="images">Grids of all images, in order, over all sequences; rows and columns in tokens.</param>
    /// <param name="videos">Grids of all videos, likewise.</param>
    /// <param name="config">Ids of the tokens that stand for pieces.</param>
    /// <exception cref="ArgumentException">A block of pieces does not fit its grid, or there are more or fewer blocks than grids.</exception>
    public static Qwen2VlPositions MultiAxis(
        ReadOnlySpan<long> ids, ReadOnlySpan<bool> isText, int length, IReadOnlyList<Qwen2VlGrid> images, IReadOnlyList<Qwen2VlGrid> videos,
        Qwen2VlConfig config)
    {
        Qwen2VlPositions positions = new(ids.Length / length, length);
        Queue<Qwen2VlGrid> nextImages = new(images), nextVideos = new(videos);
        for (int sequence = 0; sequence < positions.Count; sequence++)
        {
            int start = sequence * length;
            positions.Walk(start, ids.Slice(start, length), isText.Slice(start, length), nextImages, nextVideos, config);
        }

        if (nextImages.Count + nextVideos.Count > 0)
            throw new ArgumentException($"{nextImages.Count} images and {nextVideos.Count} videos have no tokens in the sequences.", nameof(ids));
        return positions;
    }

    /// <summary>
    /// The largest position plus one, less the padded length, for each sequence: what to add to an index to go on counting behind it.
    /// </summary>
    public long[] Deltas()
    {
        long[] deltas = new long[Count];
        for (int sequence = 0; sequence < Count; sequence++)
        {
            long largest = 0;
            for (int axis = 0; axis < Qwen2VlConfig.Axes; axis++)
            {
                foreach (long position in Values.AsSpan((axis * Count + sequence) * Length, Length)) largest = Math.Max(largest, position);
            }

            deltas[sequence] = largest + 1 - Length;
        }

        return deltas;
    }

    /// <summary>Rotary angles, <c>[sequences, tokens, d/2]</c>: frequency θ^(−2j/d) times the position on the axis that j turns with.</summary>
    public double[] Angles(Qwen2VlConfig config)
    {
        int half = config.HeadWidth / 2, tokens = Count * Length;
        double[] angles = new double[tokens * half];
        for (int j = 0; j < half; j++)
        {
            double frequency = Math.Pow(config.RotaryBase, -2.0 * j / config.HeadWidth);
            ReadOnlySpan<long> positions = Values.AsSpan(config.RotarySections.AxisOf(j) * tokens, tokens);
            for (int token = 0; token < tokens; token++) angles[token * half + j] = positions[token] * frequency;
        }

        return angles;
    }

    private void Walk(
        int start, ReadOnlySpan<long> ids, ReadOnlySpan<bool> isText, Queue<Qwen2VlGrid> images, Queue<Qwen2VlGrid> videos, Qwen2VlConfig config)
    {
        long next = 0;
        for (int i = 0; i < ids.Length; i++)
        {
            if (!isText[i])
            {
                Put(start + i, Padding, Padding, Padding);
            }
            else if (ids[i] == config.ImageTokenId || ids[i] == config.VideoTokenId)
            {
                if (!(ids[i] == config.ImageTokenId ? images : videos).TryDequeue(out Qwen2VlGrid grid))
                    throw new ArgumentException($"Token {i} (id {ids[i]}) begins a block that no image or video belongs to.", nameof(ids));
                if (i + grid.Tokens > ids.Length || ids.Slice(i, grid.Tokens).ContainsAnyExcept(ids[i]) || isText.Slice(i, grid.Tokens).Contains(false))
                    throw new ArgumentException($"The block at token {i} (id {ids[i]}) has fewer than the {grid.Tokens} tokens of its grid {grid}.", nameof(ids));

                for (int piece = 0; piece < grid.Tokens; piece++)
                {
                    int inFrame = piece % (grid.Rows * grid.Columns);
                    Put(start + i + piece, next + piece / (grid.Rows * grid.Columns), next + inFrame / grid.Columns, next + inFrame % grid.Columns);
                }

                next += Math.Max(grid.Frames, Math.Max(grid.Rows, grid.Columns));
                i += grid.Tokens - 1;
            }
            else
            {
                Put(start + i, next, next, next);
                next++;
            }
        }
    }

    private void Put(int token, long time, long row, long column)
    {
        int tokens = Count * Length;
        (Values[token], Values[tokens + token], Values[2 * tokens + token]) = (time, row, column);
    }
}
