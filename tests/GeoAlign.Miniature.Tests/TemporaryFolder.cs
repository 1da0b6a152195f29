namespace GeoAlign.Miniature.Tests;

internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("geoalign-miniature-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
