namespace GeoAlign.Models;

/// <summary>A tensor as a pickle describes it: a view of a storage. Nothing in it is checked before it has a name.</summary>
/// <param name="Storage">Memory it looks at.</param>
/// <param name="Offset">First element, as the pickle gave it.</param>
/// <param name="Sizes">Shape, as the pickle gave it.</param>
/// <param name="Strides">Elements from one index to the next along each axis, as the pickle gave it.</param>
internal sealed record PickledTensor(PickledStorage Storage, object? Offset, object?[] Sizes, object?[] Strides);

/// <summary>A storage as a pickle describes it.</summary>
/// <param name="Key">Name of its bytes in the file.</param>
/// <param name="Type">Element type.</param>
/// <param name="ElementCount">Elements it should have.</param>
internal sealed record PickledStorage(string Key, WeightType Type, long ElementCount);
