using GeoAlign.Randomness;

namespace GeoAlign.Grpo;

/// <summary>
/// Deals groups of equal conditions over ranks, as Flow-GRPO's samplers do, for runs whose groups are split over processes: m items are chosen, each is repeated k
/// times, the repetitions are shuffled, and every rank takes its slice of each global batch. A pure function of (seed, epoch): no iterator, nothing to prefetch wrongly.
/// </summary>
public sealed class KRepeatSampler
{
    private readonly int _itemCount, _ranks, _batchPerRank, _repeats;

    /// <summary>A sampler.</summary>
    /// <param name="itemCount">Items of the data set.</param>
    /// <param name="ranks">Processes.</param>
    /// <param name="batchPerRank">Entries per process and batch, b.</param>
    /// <param name="repeats">Repetitions of each item, k: the group size.</param>
    /// <param name="uniqueItems">
    /// Items per epoch. Null: one global batch, m = ranks·b/k, which must be whole. Otherwise as many as fill whole batches:
    /// lcm(k·m, ranks·b)/k.
    /// </param>
    /// <exception cref="ArgumentException">The numbers do not divide, or the data set is too small.</exception>
    public KRepeatSampler(int itemCount, int ranks, int batchPerRank, int repeats, int? uniqueItems = null)
    {
        foreach ((string name, int value) in new[] { (nameof(itemCount), itemCount), (nameof(ranks), ranks), (nameof(batchPerRank), batchPerRank), (nameof(repeats), repeats), (nameof(uniqueItems), uniqueItems ?? 1) })
        {
            if (value < 1) throw new ArgumentOutOfRangeException(name, value, "Must be ≥ 1.");
        }

        int global = ranks * batchPerRank;
        if (uniqueItems is null && global % repeats != 0)
            throw new ArgumentException($"{ranks} ranks × {batchPerRank} entries is not a multiple of {repeats} repetitions.", nameof(repeats));
        long total = uniqueItems is int wanted ? LeastCommonMultiple((long)repeats * wanted, global) : global;
        (UniqueItems, Batches) = (checked((int)(total / repeats)), checked((int)(total / global)));
        if (UniqueItems > itemCount) throw new ArgumentException($"{UniqueItems} different items are needed, the data set has {itemCount}.", nameof(itemCount));
        (_itemCount, _ranks, _batchPerRank, _repeats) = (itemCount, ranks, batchPerRank, repeats);
    }

    /// <summary>Different items per epoch, m.</summary>
    public int UniqueItems { get; }

    /// <summary>Global batches per epoch.</summary>
    public int Batches { get; }

    /// <summary>Indices of the items a rank gets in a batch of an epoch.</summary>
    public int[] Draw(ulong seed, int epoch, int batch, int rank)
    {
        int[] chosen = new int[_itemCount], order = new int[UniqueItems * _repeats];
        new CounterRandom(seed, RandomPurpose.ItemChoice, epoch).Permutation(chosen);
        new CounterRandom(seed, RandomPurpose.ItemOrder, epoch).Permutation(order);
        return Deal(chosen.AsSpan(0, UniqueItems), order, batch, rank);
    }

    /// <summary>The dealing itself, for given permutations: entry j of the epoch is item <c>chosen[order[j] / k]</c>.</summary>
    internal int[] Deal(ReadOnlySpan<int> chosen, ReadOnlySpan<int> order, int batch, int rank)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(batch);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(batch, Batches);
        ArgumentOutOfRangeException.ThrowIfNegative(rank);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(rank, _ranks);
        int[] items = new int[_batchPerRank];
        for (int j = 0; j < items.Length; j++) items[j] = chosen[order[(batch * _ranks + rank) * _batchPerRank + j] / _repeats];
        return items;
    }

    private static long LeastCommonMultiple(long a, long b)
    {
        (long x, long y) = (a, b);
        while (y != 0) (x, y) = (y, x % y);
        return a / x * b;
    }
}
