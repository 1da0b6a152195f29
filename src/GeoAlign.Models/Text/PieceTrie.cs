using System.Buffers.Binary;

namespace GeoAlign.Models;

/// <summary>Finds which pieces a text starts with, byte by byte.</summary>
/// <remarks>
/// Nodes are numbered level by level over the sorted pieces, so the children of a node are neighbours and those of node i end where those of
/// node i + 1 begin: one label, one child index and one piece id per node is all there is.
/// </remarks>
internal sealed class PieceTrie
{
    /// <summary>Node before the first byte.</summary>
    public const int Root = 0;

    /// <summary>No node, or no piece.</summary>
    public const int None = -1;

    private readonly byte[] _labels;
    private readonly int[] _firstChild;
    private readonly int[] _pieces;

    private PieceTrie(byte[] labels, int[] firstChild, int[] pieces) => (_labels, _firstChild, _pieces) = (labels, firstChild, pieces);

    /// <summary>Builds the trie of those pieces of a vocabulary.</summary>
    /// <exception cref="TokenizerFormatException">Two pieces have the same text.</exception>
    public static PieceTrie Build(SentencePieceModel model, IEnumerable<int> pieces)
    {
        int[] sorted = Sort(model, pieces);
        ReadOnlySpan<byte> file = model.File;
        int[] starts = Array.ConvertAll(sorted, id => model.Pieces[id].Start);
        int[] lengths = Array.ConvertAll(sorted, id => model.Pieces[id].Length);
        List<(int Low, int High)> ranges = [(0, sorted.Length)];
        List<byte> labels = [0];
        List<int> firstChild = [], ends = [];
        for (int depth = 0, level = 0; level < ranges.Count; depth++)
        {
            int nextLevel = ranges.Count;
            for (; level < nextLevel; level++)
            {
                (int low, int high) = ranges[level];
                bool endsHere = low < high && lengths[low] == depth;
                ends.Add(endsHere ? sorted[low++] : None);
                if (endsHere && low < high && lengths[low] == depth)
                    throw new TokenizerFormatException(model.Path, $"pieces {sorted[low - 1]} and {sorted[low]} have the same text");

                firstChild.Add(ranges.Count);
                while (low < high)
                {
                    byte label = file[starts[low] + depth];
                    int next = low + 1;
                    while (next < high && file[starts[next] + depth] == label) next++;
                    ranges.Add((low, next));
                    labels.Add(label);
                    low = next;
                }
            }
        }

        firstChild.Add(ranges.Count);
        return new PieceTrie([.. labels], [.. firstChild], [.. ends]);
    }

    /// <summary>The node after one more byte, or <see cref="None"/>.</summary>
    public int Step(int node, byte label)
    {
        int first = _firstChild[node], count = _firstChild[node + 1] - first;
        if (count == 0) return None;
        int found = _labels.AsSpan(first, count).IndexOf(label);
        return found < 0 ? None : first + found;
    }

    /// <summary>The piece that ends at a node, or <see cref="None"/>.</summary>
    public int PieceAt(int node) => _pieces[node];

    // First by eight bytes as one number, then the few pieces that share them by the rest.
    private static int[] Sort(SentencePieceModel model, IEnumerable<int> pieces)
    {
        int[] sorted = [.. pieces];
        ulong[] heads = Array.ConvertAll(sorted, id => Head(model.Utf8Of(id)));
        Array.Sort(heads, sorted);
        Comparer<int> byBytes = Comparer<int>.Create((a, b) => model.Utf8Of(a).SequenceCompareTo(model.Utf8Of(b)));
        for (int low = 0, high; low < heads.Length; low = high)
        {
            for (high = low + 1; high < heads.Length && heads[high] == heads[low]; high++) { }
            if (high - low > 1) Array.Sort(sorted, low, high - low, byBytes);
        }

        return sorted;
    }

    private static ulong Head(ReadOnlySpan<byte> text)
    {
        Span<byte> head = stackalloc byte[sizeof(ulong)];
        head.Clear();
        text[..Math.Min(text.Length, head.Length)].CopyTo(head);
        return BinaryPrimitives.ReadUInt64BigEndian(head);
    }
}
