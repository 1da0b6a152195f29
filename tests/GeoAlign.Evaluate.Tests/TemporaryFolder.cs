namespace GeoAlign.Evaluate.Tests;

/// <summary>A folder that is gone after the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Root { get; } = Directory.CreateTempSubdirectory("geoalign-evaluate-").FullName;

    public string At(params string[] parts) => Path.Combine([Root, .. parts]);

    public string Write(string content, params string[] parts)
    {
        string path = At(parts);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
        return path;
    }

    public string Folder(params string[] parts) => Directory.CreateDirectory(At(parts)).FullName;

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
