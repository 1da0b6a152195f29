namespace GeoAlign.Evaluate;

/// <summary>How an OpenEXR file packs its rows; numbers of the file format.</summary>
internal enum ExrCompression
{
    None = 0,

    /// <summary>Run lengths, row by row.</summary>
    Rle = 1,

    /// <summary>zlib, row by row.</summary>
    Zips = 2,

    /// <summary>zlib, 16 rows at a time: what the library writes unless told otherwise, and so ViPE.</summary>
    Zip = 3,

    Piz = 4,
    Pxr24 = 5,
    B44 = 6,
    B44a = 7,
    Dwaa = 8,
    Dwab = 9,
}
