using System.Text.Json.Serialization;

namespace GeoAlign.Grpo;

/// <summary>The last file of a checkpoint: what it consists of.</summary>
/// <param name="Format">Version of the layout.</param>
/// <param name="Files">Every other file of the folder.</param>
internal sealed record CheckpointManifest([property: JsonRequired] int Format, [property: JsonRequired] IReadOnlyList<CheckpointFile> Files);

/// <summary>One file of a checkpoint.</summary>
/// <param name="Name">Path inside the checkpoint, with forward slashes.</param>
/// <param name="Bytes">Length.</param>
/// <param name="Sha256">SHA-256 of the content, hexadecimal.</param>
internal sealed record CheckpointFile([property: JsonRequired] string Name, [property: JsonRequired] long Bytes, [property: JsonRequired] string Sha256);
