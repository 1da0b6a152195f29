namespace GeoAlign.Miniature.Tests.Estimators;

/// <summary>A file in a folder of its own that disappears with the test.</summary>
internal sealed class TemporaryFile(string name) : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("geoalign-miniature-");

    public string Path => System.IO.Path.Combine(_folder.FullName, name);

    public void Dispose() => _folder.Delete(recursive: true);
}
