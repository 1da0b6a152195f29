namespace GeoAlign.Models;

/// <summary>A file in a zip archive, as the archive's directory describes it. Nothing in it is checked.</summary>
/// <param name="Name">Path with forward slashes.</param>
/// <param name="Flags">General purpose flags.</param>
/// <param name="Method">Compression; 0 is none.</param>
/// <param name="CompressedLength">Bytes in the archive.</param>
/// <param name="Length">Bytes of the content.</param>
/// <param name="HeaderOffset">Where its local header begins.</param>
internal readonly record struct ZipEntry(string Name, int Flags, int Method, ulong CompressedLength, ulong Length, ulong HeaderOffset);
