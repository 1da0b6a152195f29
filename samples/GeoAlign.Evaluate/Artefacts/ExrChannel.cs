namespace GeoAlign.Evaluate;

/// <summary>A channel of an OpenEXR file.</summary>
/// <param name="Name">"Z" for depth.</param>
/// <param name="Type">0 whole numbers, 1 half, 2 float; numbers of the file format.</param>
internal readonly record struct ExrChannel(string Name, int Type)
{
    public const int Half = 1, Float = 2;

    public int Bytes => Type == Half ? 2 : 4;
}
