namespace TorchSharp;

/// <summary>The stack of dispose scopes of each thread.</summary>
public class DisposeScopeManager
{
    [ThreadStatic]
    private static DisposeScopeManager? _current;

    private readonly List<DisposeScope> _scopes = [];

    private DisposeScopeManager()
    {
    }

    /// <summary>Counts of the calling thread.</summary>
    public static ThreadDisposeScopeStatistics Statistics => Current.Counts;

    internal static DisposeScopeManager Current => _current ??= new DisposeScopeManager();

    internal ThreadDisposeScopeStatistics Counts { get; } = new();

    internal DisposeScope? Innermost => _scopes.Count == 0 ? null : _scopes[^1];

    internal DisposeScope Open()
    {
        DisposeScope scope = new(this, Innermost);
        _scopes.Add(scope);
        return scope;
    }

    // Scopes normally close innermost first; one closed out of order is simply taken out of the stack.
    internal void Close(DisposeScope scope) => _scopes.RemoveAt(_scopes.LastIndexOf(scope));

    /// <summary>Puts a new tensor into the innermost scope, if any.</summary>
    internal void Register(IDisposeScopeClient created)
    {
        if (Innermost is not DisposeScope scope)
        {
            Counts.TensorStatistics.CreatedOutsideScopeCount++;
            return;
        }

        Counts.TensorStatistics.CreatedInScopeCount++;
        scope.Include(created);
    }

    /// <summary>Takes a disposed tensor out of its scope.</summary>
    internal static void Forget(IDisposeScopeClient disposed)
    {
        if (disposed.OwningDisposeScope is DisposeScope scope)
        {
            scope.Counts.DisposedInScopeCount++;
            scope.Exclude(disposed);
            return;
        }

        Statistics.TensorStatistics.DisposedOutsideScopeCount++;
    }
}
