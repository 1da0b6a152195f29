namespace GeoAlign.Models;

/// <summary>Finds the weights in what a checkpoint holds: training programs wrap them in further dictionaries and prefixes.</summary>
internal static class StateDictionary
{
    // Keys under which training programs keep the weights, and what wrappers of modules put before every name.
    private static readonly string[] Wrappers = ["model_state", "state_dict", "model", "module"];
    private static readonly string[] Prefixes = ["module.", "model.", "_orig_mod."];

    private const int DeepestWrapping = 4;
    private const int MostKeysShown = 8;

    /// <summary>
    /// The tensors of a checkpoint by name: those at the top, or under one of the usual wrappers if it holds any. What is no tensor is
    /// left aside; a wrapper's prefix is taken away where every name has it.
    /// </summary>
    /// <exception cref="WeightFormatException">There are none, or two of one name.</exception>
    public static IReadOnlyDictionary<string, PickledTensor> Of(string path, object? root)
    {
        if (root is not PickledDictionary dictionary)
            throw new WeightFormatException(path, null, "its object is not a dictionary; expected one of tensors by name");
        PickledDictionary weights = Unwrap(dictionary, DeepestWrapping)
            ?? throw new WeightFormatException(path, null,
                $"no tensors at the top nor under {string.Join(", ", Wrappers)}; its keys are {Keys(dictionary)}");

        Dictionary<string, PickledTensor> tensors = new(StringComparer.Ordinal);
        foreach ((object? key, object? value) in weights.Pairs)
        {
            if (key is string name && value is PickledTensor tensor && !tensors.TryAdd(name, tensor))
                throw new WeightFormatException(path, name, "the name appears twice");
        }

        while (Prefixes.FirstOrDefault(p => tensors.Keys.All(name => name.StartsWith(p, StringComparison.Ordinal))) is string common)
            tensors = tensors.ToDictionary(pair => pair.Key[common.Length..], pair => pair.Value, StringComparer.Ordinal);
        return tensors;
    }

    private static PickledDictionary? Unwrap(PickledDictionary dictionary, int depth)
    {
        foreach (string wrapper in depth > 0 ? Wrappers : [])
        {
            if (dictionary.Inner(wrapper) is PickledDictionary inner && Unwrap(inner, depth - 1) is PickledDictionary found) return found;
        }

        return dictionary.Pairs.Any(pair => pair is (string, PickledTensor)) ? dictionary : null;
    }

    private static string Keys(PickledDictionary dictionary)
    {
        string[] names = [.. dictionary.Pairs.Select(pair => pair.Key).OfType<string>().Take(MostKeysShown + 1)];
        string shown = string.Join(", ", names.Take(MostKeysShown).Select(name => name.Length <= 40 ? name : name[..40] + "…"));
        return names.Length == 0 ? "none" : shown + (names.Length > MostKeysShown ? ", …" : "");
    }
}
