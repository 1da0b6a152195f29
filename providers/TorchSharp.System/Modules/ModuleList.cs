using System.Collections;
using System.Globalization;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>A list of modules, registered as "0", "1", and so on.</summary>
public class ModuleList<T> : nn.Module, IReadOnlyList<T> where T : nn.Module
{
    private readonly List<T> _items = [];

    internal ModuleList(params T[] modules) : base("ModuleList") => extend(modules);

    public int Count => _items.Count;

    public T this[int index]
    {
        get => _items[index];
        set
        {
            _items[index] = value;
            ClearModules();
            for (int i = 0; i < _items.Count; i++) register_module(Key(i), _items[i]);
        }
    }

    public void Add(T item)
    {
        register_module(Key(_items.Count), item);
        _items.Add(item);
    }

    public void append(params T[] parameters) => extend(parameters);

    public void extend(IEnumerable<T> modules)
    {
        foreach (T module in modules) Add(module);
    }

    public IEnumerator<T> GetEnumerator() => _items.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static string Key(int index) => index.ToString(CultureInfo.InvariantCulture);
}
