namespace GeoAlign.Models;

/// <summary>Runs stages of work with the networks on the device that each needs, and says what to reduce when memory does not suffice.</summary>
/// <remarks>
/// With offloading, a part is on the device only while a stage that needs it runs: before the stage those it needs are brought in, in the order they were
/// added, afterwards they are taken back to the host. So nothing but the caller's own tensors is on the device between stages, and stages that need movable
/// parts run one at a time, whatever thread they are on. Without offloading everything stays where it is. Results are the same, bit for bit.
/// </remarks>
/// <param name="offload">Whether parts leave the device while they are not needed.</param>
#pragma warning disable CA1001 // A SemaphoreSlim whose wait handle is never asked for holds nothing to free.
public sealed class DeviceStages(bool offload = false)
#pragma warning restore CA1001
{
    private readonly List<(IMovablePart Part, WorkStage Stages)> _parts = [];
    private readonly SemaphoreSlim _oneAtATime = new(1, 1);
    private readonly AsyncLocal<WorkStage?> _running = new();

    /// <summary>Whether parts leave the device while they are not needed.</summary>
    public bool Offloads => offload;

    /// <summary>Names a part and the stages it is needed in. With offloading it goes to the host at once.</summary>
    /// <exception cref="ArgumentException">No stage, or the part is known already.</exception>
    public void Add(IMovablePart part, WorkStage stages)
    {
        ArgumentNullException.ThrowIfNull(part);
        if (stages == 0) throw new ArgumentException($"{part.Name} is needed in no stage.", nameof(stages));
        if (_parts.Any(known => known.Part == part)) throw new ArgumentException($"{part.Name} was added before.", nameof(part));
        _parts.Add((part, stages));
        if (offload) part.ToHost();
    }

    /// <summary>Does the work of a stage.</summary>
    /// <exception cref="StageMemoryException">Memory did not suffice.</exception>
    /// <exception cref="InvalidOperationException">Called from inside the work of another stage that needs parts.</exception>
    public T Run<T>(WorkStage stage, Func<T> work)
    {
        IMovablePart[] needed = Needed(stage);
        if (needed.Length == 0) return Guarded(stage, work);
        RefuseNesting(stage);
        _oneAtATime.Wait();
        _running.Value = stage;
        try
        {
            return Guarded(stage, () =>
            {
                foreach (IMovablePart part in needed) part.ToDevice();
                return work();
            });
        }
        finally
        {
            Leave(needed);
            _running.Value = null;
        }
    }

    /// <summary>Does the work of a stage.</summary>
    /// <inheritdoc cref="Run{T}(WorkStage, Func{T})"/>
    public void Run(WorkStage stage, Action work) => Run(stage, () =>
    {
        work();
        return true;
    });

    /// <summary>Does the work of a stage that waits for others, such as an estimator in another process.</summary>
    /// <inheritdoc cref="Run{T}(WorkStage, Func{T})"/>
    public async Task<T> RunAsync<T>(WorkStage stage, Func<Task<T>> work, CancellationToken stop = default)
    {
        IMovablePart[] needed = Needed(stage);
        if (needed.Length > 0)
        {
            RefuseNesting(stage);
            await _oneAtATime.WaitAsync(stop).ConfigureAwait(false);
            _running.Value = stage;                                  // ends with this method: it is asynchronous
        }

        try
        {
            foreach (IMovablePart part in needed) part.ToDevice();
            return await work().ConfigureAwait(false);
        }
        catch (Exception error) when (StageMemoryException.IsCause(error))
        {
            throw new StageMemoryException(stage, error);
        }
        finally
        {
            if (needed.Length > 0) Leave(needed);
        }
    }

    private IMovablePart[] Needed(WorkStage stage) => offload ? [.. _parts.Where(p => p.Stages.HasFlag(stage)).Select(p => p.Part)] : [];

    private void Leave(IMovablePart[] parts)
    {
        try
        {
            foreach (IMovablePart part in parts) part.ToHost();
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    // The inner stage would wait for the outer one to end.
    private void RefuseNesting(WorkStage stage)
    {
        if (_running.Value is { } outer) throw new InvalidOperationException($"The stage {stage} was begun inside of the stage {outer}; end that first.");
    }

    private static T Guarded<T>(WorkStage stage, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception error) when (StageMemoryException.IsCause(error))
        {
            throw new StageMemoryException(stage, error);
        }
    }
}
