namespace GeoAlign.Models;

/// <summary>How far a video is encoded or decoded. A chunk is one latent frame of one tile.</summary>
/// <param name="ChunksDone">Chunks that are finished.</param>
/// <param name="Chunks">All chunks of the video.</param>
public readonly record struct CodecProgress(int ChunksDone, int Chunks);
