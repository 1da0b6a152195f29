namespace GeoAlign.Models;

/// <summary>Sequences side by side, shorter ones filled up at the end, and where the pieces of their images and videos go. All checked.</summary>
internal sealed class Qwen2VlBatch
{
    private readonly Qwen2VlConfig _config;
    private readonly IReadOnlyList<Qwen2VlSequence> _sequences;

    /// <summary>Checks sequences and puts them together.</summary>
    /// <exception cref="ArgumentException">
    /// There are none, one is empty, an id lies outside the vocabulary, or image or video tokens are more or fewer than the patches make.
    /// </exception>
    public Qwen2VlBatch(IReadOnlyList<Qwen2VlSequence> sequences, Qwen2VlConfig config)
    {
        if (sequences.Count == 0) throw new ArgumentException("No sequences, expected one or more.", nameof(sequences));
        (_config, _sequences) = (config, sequences);
        Length = sequences.Max(sequence => sequence.TokenIds.Length);
        Ids = new long[sequences.Count * Length];
        Array.Fill(Ids, config.PadTokenId);
        for (int i = 0; i < sequences.Count; i++) Add(i, sequences[i]);
    }

    /// <summary>Sequences.</summary>
    public int Count => _sequences.Count;

    /// <summary>Tokens of the longest.</summary>
    public int Length { get; }

    /// <summary><c>[sequences, tokens]</c>, row-major, filled up with padding.</summary>
    public long[] Ids { get; }

    /// <summary>Images and videos, each with the rows of the flattened batch that its tokens take.</summary>
    public List<(Qwen2VlPatches Patches, long[] Rows)> Visuals { get; } = [];

    /// <summary>Tokens of a sequence, without padding.</summary>
    public int LengthOf(int sequence) => _sequences[sequence].TokenIds.Length;

    /// <summary>Positions of all tokens.</summary>
    public Qwen2VlPositions Positions(Qwen2VlPositionRule rule)
    {
        if (rule == Qwen2VlPositionRule.Sequential) return Qwen2VlPositions.Sequential(Count, Length);
        bool[] isText = new bool[Ids.Length];
        for (int i = 0; i < Count; i++) isText.AsSpan(i * Length, LengthOf(i)).Fill(true);
        return Qwen2VlPositions.MultiAxis(
            Ids, isText, Length, [.. _sequences.SelectMany(s => s.Images).Select(Qwen2VlGrid.Of)],
            [.. _sequences.SelectMany(s => s.Videos).Select(Qwen2VlGrid.Of)], _config);
    }

    private void Add(int index, Qwen2VlSequence sequence)
    {
        ReadOnlySpan<int> ids = sequence.TokenIds.Span;
        if (ids.IsEmpty) throw new ArgumentException($"Sequence {index} is empty.", nameof(sequence));
        for (int i = 0; i < ids.Length; i++)
        {
            if (ids[i] < 0 || ids[i] >= _config.VocabularySize)
                throw new ArgumentException($"Sequence {index} has id {ids[i]} at {i}, expected one below {_config.VocabularySize}.", nameof(sequence));
            Ids[index * Length + i] = ids[i];
        }

        Place(index, ids, _config.ImageTokenId, sequence.Images, "image");
        Place(index, ids, _config.VideoTokenId, sequence.Videos, "video");
    }

    private void Place(int index, ReadOnlySpan<int> ids, int id, IReadOnlyList<Qwen2VlPatches> visuals, string kind)
    {
        int wanted = visuals.Sum(patches => patches.TokenCount), found = ids.Count(id);
        if (found != wanted)
        {
            throw new ArgumentException(
                $"Sequence {index} has {found} {kind} tokens (id {id}), but its {visuals.Count} {kind}s make {wanted}.", nameof(ids));
        }

        int next = 0;
        foreach (Qwen2VlPatches patches in visuals)
        {
            int bad = FiniteSearch.IndexOfAnyExceptFinite(patches.Values.Span);
            if (bad >= 0)
            {
                throw new ArgumentException(
                    $"Sequence {index}: number {bad % Qwen2VlPatches.PatchLength} of patch {bad / Qwen2VlPatches.PatchLength} of a {kind} is not finite.",
                    nameof(visuals));
            }

            long[] rows = new long[patches.TokenCount];
            for (int i = 0; i < rows.Length; next++)
            {
                if (ids[next] == id) rows[i++] = index * Length + next;
            }

            Visuals.Add((patches, rows));
        }
    }
}
