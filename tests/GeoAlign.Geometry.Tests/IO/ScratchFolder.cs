namespace GeoAlign.Geometry.Tests.IO;

/// <summary>A new empty folder for files that a test writes; removed with its content.</summary>
internal sealed class ScratchFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("geoalign-formats-");

    /// <summary>Path of a file or folder inside.</summary>
    public string this[string name] => Path.Combine(_folder.FullName, name);

    public void Dispose() => _folder.Delete(recursive: true);
}
