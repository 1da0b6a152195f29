namespace GeoAlign.Models;

/// <summary>What one latent cell of an autoencoder stands for.</summary>
/// <remarks>The first latent frame is the first video frame alone; every later one covers <paramref name="FramesPerLatentFrame"/>.</remarks>
/// <param name="Channels">Numbers per latent cell.</param>
/// <param name="PixelsPerCell">Pixels along each side of a cell.</param>
/// <param name="FramesPerLatentFrame">Video frames in every latent frame but the first.</param>
public readonly record struct LatentLayout(int Channels, int PixelsPerCell, int FramesPerLatentFrame)
{
    private const int PluckerChannels = 6, CellsPerToken = 2;

    /// <summary>The Wan2.1 autoencoder: 16 channels for 8×8 pixels and four frames.</summary>
    public static LatentLayout Wan { get; } = new(16, 8, 4);

    /// <summary>Pixels themselves, 2×2 of them folded into 12 channels, frame by frame.</summary>
    public static LatentLayout FoldedPixels { get; } = new(12, 2, 1);

    /// <summary>Pixels along each side of a token, which joins 2×2 cells.</summary>
    public int PixelsPerToken => CellsPerToken * PixelsPerCell;

    /// <summary>Channels of the packed camera maps: the six Plücker numbers of every video frame in a latent frame.</summary>
    public int CameraChannels => PluckerChannels * FramesPerLatentFrame;

    /// <summary>Numbers a token holds at the network's output.</summary>
    public int NumbersPerToken => Channels * CellsPerToken * CellsPerToken;

    /// <summary>Channels of the camera maps after the pixels of a cell were folded into them.</summary>
    internal int FoldedCameraChannels => CameraChannels * PixelsPerCell * PixelsPerCell;
}
