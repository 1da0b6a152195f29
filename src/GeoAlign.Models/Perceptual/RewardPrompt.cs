using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace GeoAlign.Models;

/// <summary>The text that a reward model wants to be asked with, read from a file: the texts belong to the models and are not part of this library.</summary>
/// <remarks>
/// A score means what was published only if every character is the published one, blanks at line ends among them. So the whole conversation,
/// with the user's prompt and the picture still open, is compared by its SHA-256 with the text of the released model.
/// </remarks>
public sealed class RewardPrompt
{
    /// <summary>Name of VideoAlign's prompt file, beside its checkpoint.</summary>
    public const string VideoAlignFileName = "videoalign_prompt.json";

    /// <summary>Name of HPSv3's prompt file, beside its checkpoint.</summary>
    public const string HpsV3FileName = "hpsv3_prompt.json";

    internal RewardPrompt(RewardPromptFormat format, string prefix, string vision, string text, string substitution, string suffix)
    {
        (Format, Prefix, Vision, Suffix) = (format, prefix, vision, suffix);
        int open = text.IndexOf(substitution, StringComparison.Ordinal);
        (BeforePrompt, AfterPrompt) = (text[..open], text[(open + substitution.Length)..]);
        Sha256 = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(prefix + vision + text + suffix)));
    }

    /// <summary>Special tokens at which scores are read, in the order of the text.</summary>
    public ImmutableArray<string> RewardTokens => Format.RewardTokens;

    /// <summary>SHA-256 of the whole conversation with the user's prompt open, UTF-8, in hexadecimal.</summary>
    public string Sha256 { get; }

    /// <summary>Whether the text is the one of the released model.</summary>
    public bool IsPublishedText => Sha256 == Format.PublishedSha256;

    internal RewardPromptFormat Format { get; }

    /// <summary>What the conversation begins with, before the picture.</summary>
    internal string Prefix { get; }

    /// <summary>What stands for the picture, with one token for its pieces.</summary>
    internal string Vision { get; }

    /// <summary>Text between the picture and the user's prompt.</summary>
    internal string BeforePrompt { get; }

    /// <summary>Text behind the user's prompt.</summary>
    internal string AfterPrompt { get; }

    /// <summary>What the conversation ends with.</summary>
    internal string Suffix { get; }

    /// <summary>Reads VideoAlign's prompt.</summary>
    /// <param name="path">The file, or the folder that holds it under <see cref="VideoAlignFileName"/>.</param>
    /// <param name="acceptOtherText">Take a text that is not the published one; its scores compare with nobody's.</param>
    /// <exception cref="FileNotFoundException">There is no such file; the message says how to make it.</exception>
    /// <exception cref="PromptFormatException">The file breaks its format, or its text is another one.</exception>
    public static RewardPrompt LoadVideoAlign(string path, bool acceptOtherText = false) =>
        RewardPromptFile.Read(path, RewardPromptFormat.VideoAlign, acceptOtherText);

    /// <summary>Reads HPSv3's prompt.</summary>
    /// <param name="path">The file, or the folder that holds it under <see cref="HpsV3FileName"/>.</param>
    /// <param name="acceptOtherText">Take a text that is not the published one; its scores compare with nobody's.</param>
    /// <exception cref="FileNotFoundException">There is no such file; the message says how to make it.</exception>
    /// <exception cref="PromptFormatException">The file breaks its format, or its text is another one.</exception>
    public static RewardPrompt LoadHpsV3(string path, bool acceptOtherText = false) =>
        RewardPromptFile.Read(path, RewardPromptFormat.HpsV3, acceptOtherText);
}
