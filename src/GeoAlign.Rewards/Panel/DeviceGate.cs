namespace GeoAlign.Rewards;

/// <summary>Lets rewards in while they fit: by number, by memory, and alone where they ask for it. One reward is in at most once.</summary>
/// <remarks>First come, first served, except that one who fits passes those who do not; so small rewards fill the memory beside a large one.</remarks>
internal sealed class DeviceGate(PanelOptions options)
{
    private readonly Lock _lock = new();
    private readonly LinkedList<Waiter> _waiting = [];
    private readonly List<PanelEntry> _inside = [];

    /// <summary>Waits for room. Dispose the lease to leave.</summary>
    public async ValueTask<IDisposable> EnterAsync(PanelEntry entry, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Waiter waiter = new(entry);
        lock (_lock)
        {
            _waiting.AddLast(waiter);
            LetIn();
        }

        await using CancellationTokenRegistration registration = cancellationToken.Register(() =>
        {
            lock (_lock)
            {
                if (_waiting.Remove(waiter)) waiter.Entered.TrySetCanceled(cancellationToken);
            }
        });
        await waiter.Entered.Task.ConfigureAwait(false);
        return new Lease(this, entry);
    }

    private void Leave(PanelEntry entry)
    {
        lock (_lock)
        {
            _inside.RemoveAt(_inside.FindIndex(e => ReferenceEquals(e, entry)));
            LetIn();
        }
    }

    private void LetIn()
    {
        for (LinkedListNode<Waiter>? node = _waiting.First; node is not null;)
        {
            LinkedListNode<Waiter>? next = node.Next;
            if (Fits(node.Value.Entry))
            {
                _waiting.Remove(node);
                _inside.Add(node.Value.Entry);
                node.Value.Entered.SetResult();
            }

            node = next;
        }
    }

    private bool Fits(PanelEntry entry)
    {
        if (_inside.Count == 0) return true;
        if (_inside.Count >= options.MaxConcurrency || entry.Exclusive) return false;
        if (_inside.Exists(e => e.Exclusive || ReferenceEquals(e, entry))) return false;
        return options.MemoryBudgetBytes is not { } budget || _inside.Sum(e => e.MemoryBytes) + entry.MemoryBytes <= budget;
    }

    private sealed class Waiter(PanelEntry entry)
    {
        public PanelEntry Entry { get; } = entry;

        public TaskCompletionSource Entered { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private sealed class Lease(DeviceGate gate, PanelEntry entry) : IDisposable
    {
        private DeviceGate? _gate = gate;

        public void Dispose() => Interlocked.Exchange(ref _gate, null)?.Leave(entry);
    }
}
