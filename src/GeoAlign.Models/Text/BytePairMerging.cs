namespace GeoAlign.Models;

/// <summary>Merges the tokens of one piece after another: always the pair of lowest rank, everywhere from left to right.</summary>
/// <remarks>
/// Sennrich, Haddow, Birch 2016 (arXiv 1508.07909), algorithm 1, with a linked list and a queue: n·log n for a piece of n bytes. Pairs that
/// arise while a rank is merged wait until all occurrences of that rank are done. A workspace for one thread.
/// </remarks>
internal sealed class BytePairMerging(Dictionary<(int Left, int Right), BytePairMerge> merges)
{
    private const int Gone = -1;

    private readonly PriorityQueue<Candidate, (int Rank, int Position)> _queue = new();
    private readonly List<(Candidate, (int, int))> _pending = [];
    private int[] _ids = [], _previous = [], _next = [];

    /// <summary>Merges a piece and appends its ids.</summary>
    /// <param name="bytes">Ids of the single bytes, at least one.</param>
    /// <param name="result">Where the ids go.</param>
    public void Merge(ReadOnlySpan<int> bytes, List<int> result)
    {
        Prepare(bytes);
        for (int i = 0; i + 1 < bytes.Length; i++) Wait(i, i + 1);
        int round = -1;
        while (true)
        {
            if (!_queue.TryPeek(out _, out var first) || first.Rank != round)
            {
                foreach ((Candidate candidate, (int, int) order) in _pending) _queue.Enqueue(candidate, order);
                _pending.Clear();
                if (!_queue.TryPeek(out _, out first)) break;
                round = first.Rank;
            }

            Candidate pair = _queue.Dequeue();
            int right = _next[pair.Position];
            if (_ids[pair.Position] != pair.Left || right == Gone || _ids[right] != pair.Right) continue;
            Join(pair, right);
        }

        for (int i = 0; i != Gone; i = _next[i]) result.Add(_ids[i]);
    }

    private void Prepare(ReadOnlySpan<int> bytes)
    {
        if (_ids.Length < bytes.Length) (_ids, _previous, _next) = (new int[bytes.Length], new int[bytes.Length], new int[bytes.Length]);
        bytes.CopyTo(_ids);
        for (int i = 0; i < bytes.Length; i++) (_previous[i], _next[i]) = (i - 1, i + 1);
        _next[bytes.Length - 1] = Gone;
    }

    private void Join(Candidate pair, int right)
    {
        int position = pair.Position, after = _next[right];
        (_ids[position], _ids[right]) = (pair.Merged, Gone);
        _next[position] = after;
        if (after != Gone)
        {
            _previous[after] = position;
            Wait(position, after);
        }

        if (_previous[position] != Gone) Wait(_previous[position], position);
    }

    private void Wait(int left, int right)
    {
        if (merges.TryGetValue((_ids[left], _ids[right]), out BytePairMerge merge))
            _pending.Add((new Candidate(left, _ids[left], _ids[right], merge.Id), (merge.Rank, left)));
    }

    private readonly record struct Candidate(int Position, int Left, int Right, int Merged);
}
