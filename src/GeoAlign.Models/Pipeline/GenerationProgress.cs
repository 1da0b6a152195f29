namespace GeoAlign.Models;

/// <summary>How far a video is generated.</summary>
/// <param name="Stage">The stage at work.</param>
/// <param name="Step">Steps of it that are done: prompts, chunks of the autoencoder, or solver steps.</param>
/// <param name="Of">All its steps.</param>
public readonly record struct GenerationProgress(WorkStage Stage, int Step, int Of);
