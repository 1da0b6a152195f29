namespace GeoAlign.Sampling;

/// <summary>An array of numbers with its shape, as a cache holds it: latents, embeddings.</summary>
public sealed class CachedArray
{
    /// <summary>Takes values over; they must not change afterwards.</summary>
    /// <param name="shape">Sizes of the axes, each at least 0; none for a single number.</param>
    /// <param name="values">Row-major, finite.</param>
    /// <exception cref="ArgumentException">The shape does not fit, or a value is not finite.</exception>
    public CachedArray(IReadOnlyList<int> shape, ReadOnlyMemory<float> values)
    {
        ArgumentNullException.ThrowIfNull(shape);
        long count = 1;
        foreach (int size in shape)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(size, nameof(shape));
            count = checked(count * size);
        }

        if (count != values.Length) throw new ArgumentException($"{values.Length} values for the shape [{string.Join(", ", shape)}], expected {count}.", nameof(values));
        ReadOnlySpan<float> span = values.Span;
        for (int i = 0; i < span.Length; i++)
            if (!float.IsFinite(span[i])) throw new ArgumentException($"Value {i} of the array [{string.Join(", ", shape)}] is {span[i]}, expected a finite number.", nameof(values));
        (Shape, Values) = ([.. shape], values);
    }

    /// <summary>Sizes of the axes.</summary>
    public IReadOnlyList<int> Shape { get; }

    /// <summary>The values, row-major.</summary>
    public ReadOnlyMemory<float> Values { get; }
}
