namespace TorchSharp;

/// <summary>
/// Disposes, when it is disposed, everything created on its thread while it was the innermost scope, unless it was moved out.
/// </summary>
public sealed class DisposeScope : IDisposable
{
    private readonly DisposeScopeManager _manager;
    private readonly DisposeScope? _outer;
    private readonly HashSet<IDisposable> _members = new(ReferenceEqualityComparer.Instance);
    private bool _closed;

    internal DisposeScope(DisposeScopeManager manager, DisposeScope? outer) => (_manager, _outer) = (manager, outer);

    /// <summary>What the scope would dispose now.</summary>
    public IReadOnlyList<IDisposable> DisposablesView => [.. _members];

    public int DisposablesCount => _members.Count;

    internal LifetimeStatistics Counts => _manager.Counts.TensorStatistics;

    /// <summary>Whether the scope would dispose this object.</summary>
    public bool Contains(IDisposable disposable) => _members.Contains(disposable);

    /// <summary>Takes an object into the scope, out of the one it is in.</summary>
    public void Attach(IDisposable disposable)
    {
        ObjectDisposedException.ThrowIf(_closed, this);
        if (_members.Contains(disposable)) return;
        if (disposable is IDisposeScopeClient client)
        {
            client.OwningDisposeScope?.Exclude(client);
            Counts.AttachedToScopeCount++;
        }

        Include(disposable);
    }

    public void Attach(params IDisposable[] disposables)
    {
        foreach (IDisposable disposable in disposables) Attach(disposable);
    }

    /// <summary>Takes an object out of all scopes; the caller disposes it.</summary>
    public T Detach<T>(T disposable) where T : IDisposable
    {
        if (Exclude(disposable) && disposable is IDisposeScopeClient) Counts.DetachedFromScopeCount++;
        return disposable;
    }

    public void Detach(params IDisposable[] disposables)
    {
        foreach (IDisposable disposable in disposables) Detach(disposable);
    }

    /// <summary>Moves an object to the scope around this one, or out of all scopes where there is none.</summary>
    public T MoveToOuter<T>(T disposable) where T : IDisposable => MoveToOther(_outer, disposable);

    public void MoveToOuter(params IDisposable[] disposables)
    {
        foreach (IDisposable disposable in disposables) MoveToOuter(disposable);
    }

    /// <summary>Moves an object to another scope; null takes it out of all scopes.</summary>
    public T MoveToOther<T>(DisposeScope? scope, T disposable) where T : IDisposable
    {
        if (scope is null) return Detach(disposable);
        ObjectDisposedException.ThrowIf(scope._closed, scope);
        if (Exclude(disposable)) scope.Include(disposable);
        return disposable;
    }

    public void MoveToOther(DisposeScope? scope, params IDisposable[] disposables)
    {
        foreach (IDisposable disposable in disposables) MoveToOther(scope, disposable);
    }

    /// <summary>Disposes what the scope holds; the scope stays open.</summary>
    public void DisposeEverything() => DisposeEverythingBut();

    /// <summary>Disposes what the scope holds except <paramref name="keep"/>; the scope stays open.</summary>
    public void DisposeEverythingBut(params IDisposable[] keep)
    {
        HashSet<IDisposable> kept = new(keep, ReferenceEqualityComparer.Instance);
        foreach (IDisposable member in _members.ToArray())
        {
            if (kept.Contains(member)) continue;
            member.Dispose();
            _members.Remove(member);
        }
    }

    public T DisposeEverythingBut<T>(T keep) where T : IDisposable
    {
        DisposeEverythingBut((IDisposable)keep);
        return keep;
    }

    public void Dispose()
    {
        if (_closed) return;
        DisposeEverything();
        _closed = true;
        _manager.Close(this);
    }

    internal void Include(IDisposable disposable)
    {
        _members.Add(disposable);
        if (disposable is IDisposeScopeClient client) client.OwningDisposeScope = this;
    }

    internal bool Exclude(IDisposable disposable)
    {
        if (disposable is IDisposeScopeClient client && ReferenceEquals(client.OwningDisposeScope, this)) client.OwningDisposeScope = null;
        return _members.Remove(disposable);
    }
}
