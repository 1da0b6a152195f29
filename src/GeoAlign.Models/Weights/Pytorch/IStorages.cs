namespace GeoAlign.Models;

/// <summary>Where the storages of a checkpoint lie in its file.</summary>
internal interface IStorages
{
    /// <summary>Position of a storage's first byte.</summary>
    /// <param name="storage">Storage that a tensor names.</param>
    /// <param name="tensor">That tensor, for messages.</param>
    /// <exception cref="WeightFormatException">It is not in the file, or shorter than the pickle says.</exception>
    long Find(PickledStorage storage, string tensor);
}
