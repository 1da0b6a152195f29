using System.Globalization;

namespace TorchSharp;

/// <summary>Life times of this thread's tensors. A test that disposes everything ends with ThreadTotalLiveCount 0.</summary>
public class ThreadDisposeScopeStatistics
{
    internal ThreadDisposeScopeStatistics()
    {
    }

    public LifetimeStatistics TensorStatistics { get; } = new();

    public long CreatedOutsideScopeCount => TensorStatistics.CreatedOutsideScopeCount;

    public long DisposedOutsideScopeCount => TensorStatistics.DisposedOutsideScopeCount;

    public long CreatedInScopeCount => TensorStatistics.CreatedInScopeCount;

    public long DisposedInScopeCount => TensorStatistics.DisposedInScopeCount;

    public long AttachedToScopeCount => TensorStatistics.AttachedToScopeCount;

    public long DetachedFromScopeCount => TensorStatistics.DetachedFromScopeCount;

    public long ThreadTotalLiveCount => TensorStatistics.ThreadTotalLiveCount;

    public void Reset() => TensorStatistics.Reset();

    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"live {ThreadTotalLiveCount}; created in scopes {CreatedInScopeCount}, outside {CreatedOutsideScopeCount}; " +
        $"disposed in scopes {DisposedInScopeCount}, outside {DisposedOutsideScopeCount}; " +
        $"attached {AttachedToScopeCount}, detached {DetachedFromScopeCount}");
}
