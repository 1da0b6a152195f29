namespace GeoAlign.Cli;

/// <summary>What a preview draws and where it goes.</summary>
internal sealed record PreviewRequest
{
    public required string ConfigurationPath { get; init; }

    public required string Folder { get; init; }

    public required int Count { get; init; }

    public required int FirstIteration { get; init; }

    public required long Seed { get; init; }

    public required bool ReplaceManifest { get; init; }

    public required bool WithPictures { get; init; }
}
