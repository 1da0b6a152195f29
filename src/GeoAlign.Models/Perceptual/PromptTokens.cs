using System.Text.RegularExpressions;

namespace GeoAlign.Models;

/// <summary>Fills in a reward model's prompt and tokenises it.</summary>
internal sealed partial class PromptTokens
{
    private readonly RewardPrompt _prompt;
    private readonly ByteLevelBpeTokenizer _tokenizer;
    private readonly int[] _before;               // up to the picture
    private readonly string _afterVision;

    /// <summary>Joins a prompt and a tokenizer; reward tokens that the tokenizer lacks get its next ids, as in the models' training.</summary>
    /// <exception cref="ArgumentException">The tokenizer lacks a special token of the conversation.</exception>
    public PromptTokens(RewardPrompt prompt, ByteLevelBpeTokenizer tokenizer)
    {
        (_prompt, _tokenizer) = (prompt, tokenizer.WithAppendedTokens(prompt.RewardTokens));
        string all = prompt.Prefix + prompt.Vision + prompt.BeforePrompt + prompt.AfterPrompt + prompt.Suffix;
        string[] missing = [.. SpecialToken().Matches(all).Select(m => m.Value).Distinct().Where(t => !_tokenizer.SpecialTokens.ContainsKey(t))];
        if (missing.Length > 0)
            throw new ArgumentException($"The tokenizer lacks special tokens of {prompt.Format.Model}'s prompt: {string.Join(", ", missing)}.", nameof(tokenizer));

        int vision = prompt.Vision.IndexOf(prompt.Format.VisionToken, StringComparison.Ordinal);
        _before = _tokenizer.Encode(prompt.Prefix + prompt.Vision[..vision]);
        _afterVision = prompt.Vision[(vision + prompt.Format.VisionToken.Length)..];
    }

    /// <summary>Refuses a tokenizer whose ids are not those of the network.</summary>
    /// <exception cref="ArgumentException">An id differs.</exception>
    public void Require(string argument, params ReadOnlySpan<(string Token, int Id)> expected)
    {
        foreach ((string token, int id) in expected)
        {
            if (IdOf(token) != id) throw new ArgumentException($"'{token}' has the id {IdOf(token)} in the tokenizer and {id} in the network.", argument);
        }
    }

    /// <summary>Whether what follows the picture up to this reward token holds the user's prompt.</summary>
    public bool DependsOnPrompt(string lastToken) => !_prompt.BeforePrompt.Contains(lastToken, StringComparison.Ordinal);

    /// <summary>Ids of the conversation, up to and with a reward token or to its end.</summary>
    /// <param name="visionTokens">Pieces of the picture.</param>
    /// <param name="userPrompt">The user's prompt; special tokens in it are taken out.</param>
    /// <param name="lastToken">Reward token to end with; null for the whole conversation. What comes later changes no score before it.</param>
    public int[] Encode(int visionTokens, string userPrompt, string? lastToken = null)
    {
        string text = _afterVision + _prompt.BeforePrompt + _tokenizer.WithoutSpecialTokens(userPrompt) + _prompt.AfterPrompt + _prompt.Suffix;
        int end = lastToken is null ? text.Length : text.IndexOf(lastToken, StringComparison.Ordinal) + lastToken.Length;
        int[] after = _tokenizer.Encode(text[..end]);

        int[] ids = new int[_before.Length + visionTokens + after.Length];
        _before.CopyTo(ids, 0);
        ids.AsSpan(_before.Length, visionTokens).Fill(IdOf(_prompt.Format.VisionToken));
        after.CopyTo(ids, _before.Length + visionTokens);
        return ids;
    }

    private int IdOf(string specialToken) => _tokenizer.SpecialTokens[specialToken];

    [GeneratedRegex(@"<\|\w+\|>")]
    private static partial Regex SpecialToken();
}
