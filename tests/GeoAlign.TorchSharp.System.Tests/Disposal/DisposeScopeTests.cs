using TorchSharp;
using static TorchSharp.torch;

namespace GeoAlign.TorchSharp.System.Tests.Disposal;

public class DisposeScopeTests : TorchFacts
{
    [Fact]
    public void Scope_disposes_what_was_created_in_it()
    {
        Tensor outside = ones(3);
        Tensor inside;
        using (DisposeScope scope = NewDisposeScope())
        {
            inside = outside + 1;
            Assert.Same(scope, CurrentDisposeScope);
            Assert.True(scope.Contains(inside));
            Assert.False(scope.Contains(outside));
        }

        Assert.True(inside.IsInvalid);
        Assert.False(outside.IsInvalid);
    }

    [Fact]
    public void Moved_tensor_lives_as_long_as_the_outer_scope()
    {
        Tensor moved;
        using (NewDisposeScope())
        {
            using (NewDisposeScope()) moved = ones(3).MoveToOuterDisposeScope();
            Assert.False(moved.IsInvalid);
        }

        Assert.True(moved.IsInvalid);
    }

    [Fact]
    public void Detached_tensor_outlives_all_scopes()
    {
        Tensor detached;
        using (NewDisposeScope()) detached = ones(3).DetachFromDisposeScope();

        Assert.False(detached.IsInvalid);
        detached.Dispose();
    }

    [Fact]
    public void Tensor_moves_to_the_scope_of_another()
    {
        using DisposeScope outer = NewDisposeScope();
        Tensor there = ones(1);
        using DisposeScope inner = NewDisposeScope();
        Tensor here = ones(1);

        here.MoveToOtherDisposeScope(there);

        Assert.True(outer.Contains(here));
        Assert.False(inner.Contains(here));
        Tensor back = outer.MoveToOther(inner, here);
        Assert.True(inner.Contains(back));
    }

    [Fact]
    public void Attach_and_Detach_take_any_disposable()
    {
        using DisposeScope scope = NewDisposeScope();
        using MemoryStream stream = new();

        scope.Attach(stream);
        Assert.Equal(1, scope.DisposablesCount);
        Assert.Same(stream, scope.DisposablesView[0]);
        Assert.Same(stream, scope.Detach(stream));

        Assert.Equal(0, scope.DisposablesCount);
        Assert.True(stream.CanRead);
    }

    [Fact]
    public void DisposeEverythingBut_keeps_what_is_named()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor kept = ones(1);
        Tensor lost = ones(1);

        Assert.Same(kept, scope.DisposeEverythingBut(kept));

        Assert.False(kept.IsInvalid);
        Assert.True(lost.IsInvalid);
        Assert.Equal(1, scope.DisposablesCount);
    }

    [Fact]
    public void Wrapped_expression_keeps_only_its_result()
    {
        using DisposeScope scope = NewDisposeScope();

        Tensor result = WrappedTensorDisposeScope(() => (ones(3) + 1) * 2);

        Assert.Equal(1, scope.DisposablesCount);
        Assert.Equal(12, result.sum().ToDouble());
    }

    [Fact]
    public void Scopes_of_threads_do_not_touch_each_other()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor? made = null;

        Thread other = new(() => made = ones(3));
        other.Start();
        other.Join();

        Assert.False(scope.Contains(made!));
        made!.Dispose();
    }

    [Fact]
    public void Statistics_count_creations_moves_and_disposals()
    {
        ThreadDisposeScopeStatistics statistics = DisposeScopeManager.Statistics;
        statistics.Reset();

        using (NewDisposeScope())
        {
            Tensor a = ones(1);
            ones(1).Dispose();
            a.DetachFromDisposeScope();
            Assert.Equal(1, statistics.ThreadTotalLiveCount);
            a.Dispose();
            _ = ones(1);
        }

        Assert.Equal(3, statistics.CreatedInScopeCount);
        Assert.Equal(2, statistics.DisposedInScopeCount);
        Assert.Equal(1, statistics.DetachedFromScopeCount);
        Assert.Equal(1, statistics.DisposedOutsideScopeCount);
        Assert.Equal(0, statistics.ThreadTotalLiveCount);
    }

    [Fact]
    public void Indexing_leaves_nothing_but_its_result()
    {
        Tensor x = ones(4, 5, 6);
        using DisposeScope scope = NewDisposeScope();
        Tensor key = tensor([0L, 2L]);

        _ = x[1, 2];
        _ = x[TensorIndex.Ellipsis, TensorIndex.Slice(1, 3)];
        _ = x[TensorIndex.Tensor(key), .., TensorIndex.None];
        x[0, ..] = 3;

        // key, three results, and the tensor that the number 3 became
        Assert.Equal(5, scope.DisposablesCount);
    }
}
