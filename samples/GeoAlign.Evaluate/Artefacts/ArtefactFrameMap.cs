using GeoAlign.Rewards;

namespace GeoAlign.Evaluate;

/// <summary>A zip of pictures as a map of frames; pictures of another size are brought to the size that is asked for.</summary>
internal sealed class ArtefactFrameMap : IFrameMap, IDisposable
{
    private readonly FrameZip _zip;
    private readonly Func<byte[], string, PixelMap> _decode;

    private ArtefactFrameMap(FrameZip zip, Func<byte[], string, PixelMap> decode, int width, int height) => (_zip, _decode, WidthPixels, HeightPixels) = (zip, decode, width, height);

    /// <summary>Pixels per row of every picture.</summary>
    public int WidthPixels { get; }

    /// <summary>Rows of every picture.</summary>
    public int HeightPixels { get; }

    /// <summary>ViPE's depths, metres.</summary>
    /// <exception cref="InvalidDataException">The file is no such zip.</exception>
    public static ArtefactFrameMap Depth(string path) => Open(path, ".exr", (bytes, name) => ExrPicture.Read(bytes, "Z", name));

    /// <summary>ViPE's instances: above 0 moves.</summary>
    /// <exception cref="InvalidDataException">The file is no such zip.</exception>
    public static ArtefactFrameMap Masks(string path) => Open(path, ".png", GreyPng.Read);

    /// <inheritdoc/>
    public float[] Of(int frame, PlanarImage prepared, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        PixelMap map = _decode(_zip.Read(frame), _zip.NameOf(frame));
        return (map.WidthPixels, map.HeightPixels) == (WidthPixels, HeightPixels)
            ? map.Nearest(prepared.Size.WidthPixels, prepared.Size.HeightPixels)
            : throw new InvalidDataException($"{_zip.NameOf(frame)}: {map.WidthPixels} × {map.HeightPixels} pixels, the first picture has {WidthPixels} × {HeightPixels}.");
    }

    /// <inheritdoc/>
    public void Dispose() => _zip.Dispose();

    private static ArtefactFrameMap Open(string path, string extension, Func<byte[], string, PixelMap> decode)
    {
        FrameZip zip = new(path, extension);
        try
        {
            if (zip.Frames.Count == 0) throw new InvalidDataException($"{path}: no picture, expected one to a frame.");
            int first = zip.Frames.First();
            PixelMap map = decode(zip.Read(first), zip.NameOf(first));
            return new(zip, decode, map.WidthPixels, map.HeightPixels);
        }
        catch
        {
            zip.Dispose();
            throw;
        }
    }
}
