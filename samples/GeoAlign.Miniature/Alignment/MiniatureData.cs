using GeoAlign.Grpo;
using GeoAlign.Models;

namespace GeoAlign.Miniature;

/// <summary>Conditions of an iteration: fresh starts and paths, a pure function of seed and iteration.</summary>
internal sealed class MiniatureData(ulong seed, int perIteration, RedirectorTransformer network, RoomRenderer renderer)
    : IConditionSource<MiniatureCondition>, IDisposable
{
    private readonly List<MiniatureCondition> _lent = [];

    public IReadOnlyList<MiniatureCondition> Draw(int iteration)
    {
        Dispose();
        for (int i = 0; i < perIteration; i++)
        {
            MiniatureCase item = MiniatureWorld.Draw(seed, MiniatureSet.Training, iteration * perIteration + i, MiniatureNetwork.ConditionFrames);
            _lent.Add(MiniatureCondition.Of(item, network, renderer));
        }

        return [.. _lent];
    }

    public void Dispose()
    {
        foreach (MiniatureCondition condition in _lent) condition.Dispose();
        _lent.Clear();
    }
}
