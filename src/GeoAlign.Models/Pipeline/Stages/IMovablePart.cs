namespace GeoAlign.Models;

/// <summary>Something whose weights can leave the device while other things need its memory.</summary>
public interface IMovablePart
{
    /// <summary>What it is called in messages.</summary>
    string Name { get; }

    /// <summary>Brings the weights to the device; nothing happens if they are there.</summary>
    void ToDevice();

    /// <summary>Takes the weights to the host's memory; nothing happens if they are there. No number changes.</summary>
    void ToHost();
}
