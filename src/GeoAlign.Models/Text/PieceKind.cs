namespace GeoAlign.Models;

/// <summary>What a vocabulary piece stands for; the numbers are those of the file.</summary>
internal enum PieceKind : byte
{
    /// <summary>Text that takes part in the segmentation with its own score.</summary>
    Normal = 1,

    /// <summary>Stands for every text outside the vocabulary.</summary>
    Unknown = 2,

    /// <summary>A mark such as the end of the text; never found in text.</summary>
    Control = 3,

    /// <summary>Text that is always kept as one piece and never normalised.</summary>
    UserDefined = 4,

    /// <summary>A place in the vocabulary that is left out of the segmentation.</summary>
    Unused = 5,

    /// <summary>One byte of a character outside the vocabulary.</summary>
    Byte = 6,
}
