namespace GeoAlign.Models;

/// <summary>Which differences between the keys of a file and of a network are expected. Wrong shapes never are.</summary>
[Flags]
public enum KeyTolerance
{
    /// <summary>The file holds exactly the network's keys.</summary>
    None = 0,

    /// <summary>The file may hold a part of the network only.</summary>
    Missing = 1,

    /// <summary>The file may hold more than the network.</summary>
    Unused = 2,
}
