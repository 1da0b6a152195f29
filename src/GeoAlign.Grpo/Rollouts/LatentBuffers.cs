namespace GeoAlign.Grpo;

/// <summary>Latents that are done with and can be written over: at full size each is megabytes, and a rollout needs hundreds.</summary>
internal sealed class LatentBuffers<T>(int size)
{
    private readonly Stack<T[]> _free = new();

    public T[][] Rent(int count)
    {
        T[][] buffers = new T[count][];
        for (int i = 0; i < count; i++) buffers[i] = _free.TryPop(out T[]? free) ? free : new T[size];
        return buffers;
    }

    public void Return(T[][] buffers)
    {
        foreach (T[] buffer in buffers) _free.Push(buffer);
    }
}
