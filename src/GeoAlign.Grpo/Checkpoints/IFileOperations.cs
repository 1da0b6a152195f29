namespace GeoAlign.Grpo;

/// <summary>Every change a checkpoint makes on disk, one call each, so that tests can fail any of them.</summary>
internal interface IFileOperations
{
    /// <summary>Makes a folder.</summary>
    void CreateFolder(string path);

    /// <summary>Writes a whole file and sends it to the disk.</summary>
    void Write(string path, byte[] content);

    /// <summary>Sends a file that something else wrote to the disk; returns its length and SHA-256.</summary>
    (long Bytes, string Sha256) Settle(string path);

    /// <summary>Sends the entries of a folder to the disk.</summary>
    void SettleFolder(string path);

    /// <summary>Renames a folder; atomic on one file system.</summary>
    void Rename(string from, string to);

    /// <summary>Deletes a folder with everything in it.</summary>
    void DeleteFolder(string path);
}
