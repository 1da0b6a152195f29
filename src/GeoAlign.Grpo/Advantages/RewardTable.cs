namespace GeoAlign.Grpo;

/// <summary>Rewards of one iteration: dimension × group × member. Immutable; groups may differ in size.</summary>
public sealed class RewardTable
{
    private readonly RewardEntry[][][] _entries;      // group, member, dimension

    private RewardTable(string[] dimensions, RewardEntry[][][] entries) => (Dimensions, _entries) = (dimensions, entries);

    /// <summary>Names of the rewards, for example rot, trans, vis, mot, hps.</summary>
    public IReadOnlyList<string> Dimensions { get; }

    /// <summary>Number of groups.</summary>
    public int GroupCount => _entries.Length;

    /// <summary>The reward of one member in one dimension.</summary>
    public RewardEntry this[int dimension, int group, int member] => _entries[group][member][dimension];

    /// <summary>Number of rollouts of a group, scored or not.</summary>
    public int MemberCount(int group) => _entries[group].Length;

    /// <summary>Builds a table from a function of (dimension, group, member).</summary>
    /// <exception cref="ArgumentException">No dimension, or a name twice.</exception>
    /// <exception cref="NonFiniteException">A value is NaN or infinite: a reward that failed must be missing with a reason.</exception>
    public static RewardTable Create(IReadOnlyList<string> dimensions, IReadOnlyList<int> groupSizes, Func<int, int, int, RewardEntry> entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        string[] names = CheckedNames(dimensions);
        RewardEntry[][][] entries = new RewardEntry[groupSizes.Count][][];
        for (int g = 0; g < entries.Length; g++)
        {
            entries[g] = new RewardEntry[groupSizes[g]][];
            for (int i = 0; i < entries[g].Length; i++)
            {
                entries[g][i] = new RewardEntry[names.Length];
                for (int k = 0; k < names.Length; k++) entries[g][i][k] = Checked(entry(k, g, i), names[k], g, i);
            }
        }

        return new RewardTable(names, entries);
    }

    /// <summary>
    /// Builds a table from samples in any order: samples with the same id form a group; groups come in the order of their first sample, members in
    /// the order of the samples. Use it where a group's members were scored in different places.
    /// </summary>
    /// <param name="dimensions">Names of the rewards.</param>
    /// <param name="groupIds">For each sample the id of its group (its condition).</param>
    /// <param name="entry">The reward of (dimension, sample).</param>
    /// <param name="places">For each sample its place in the table: group and member.</param>
    public static RewardTable FromSamples(
        IReadOnlyList<string> dimensions, IReadOnlyList<long> groupIds, Func<int, int, RewardEntry> entry, out (int Group, int Member)[] places)
    {
        Dictionary<long, int> groupOf = [];
        List<List<int>> samples = [];
        places = new (int, int)[groupIds.Count];
        for (int s = 0; s < groupIds.Count; s++)
        {
            if (!groupOf.TryGetValue(groupIds[s], out int group))
            {
                groupOf[groupIds[s]] = group = samples.Count;
                samples.Add([]);
            }

            places[s] = (group, samples[group].Count);
            samples[group].Add(s);
        }

        return Create(dimensions, [.. samples.Select(s => s.Count)], (k, g, i) => entry(k, samples[g][i]));
    }

    /// <summary>Puts tables of the same dimensions one after the other, group by group.</summary>
    /// <exception cref="ArgumentException">No table, or the dimensions differ.</exception>
    public static RewardTable Join(IReadOnlyList<RewardTable> tables)
    {
        if (tables.Count == 0) throw new ArgumentException("No table to join.", nameof(tables));
        foreach (RewardTable table in tables)
        {
            if (!table.Dimensions.SequenceEqual(tables[0].Dimensions))
                throw new ArgumentException($"Tables with rewards [{string.Join(", ", tables[0].Dimensions)}] and [{string.Join(", ", table.Dimensions)}] cannot be joined.", nameof(tables));
        }

        return new RewardTable([.. tables[0].Dimensions], [.. tables.SelectMany(t => t._entries)]);
    }

    private static string[] CheckedNames(IReadOnlyList<string> dimensions)
    {
        if (dimensions.Count == 0) throw new ArgumentException("A reward table needs at least one dimension.", nameof(dimensions));
        string? twice = dimensions.GroupBy(d => d, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1)?.Key;
        return twice is null ? [.. dimensions] : throw new ArgumentException($"Reward dimension '{twice}' appears twice.", nameof(dimensions));
    }

    private static RewardEntry Checked(RewardEntry entry, string dimension, int group, int member) =>
        !entry.IsPresent || double.IsFinite(entry.Value) ? entry : throw new NonFiniteException($"Reward '{dimension}' of group {group}, member {member} ({entry.Value})");
}
