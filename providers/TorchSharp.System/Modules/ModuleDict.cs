using System.Collections;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Modules by name, in the order in which they were given.</summary>
public class ModuleDict<T> : nn.Module, IReadOnlyCollection<(string, T)> where T : nn.Module
{
    private readonly OrderedDictionary<string, T> _items = new(StringComparer.Ordinal);

    internal ModuleDict(params (string, T)[] modules) : base("ModuleDict")
    {
        foreach ((string key, T module) in modules)
        {
            register_module(key, module);
            _items.Add(key, module);
        }
    }

    public int Count => _items.Count;

    public T this[string key] => _items[key];

    public IEnumerator<(string, T)> GetEnumerator() => _items.Select(pair => (pair.Key, pair.Value)).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
