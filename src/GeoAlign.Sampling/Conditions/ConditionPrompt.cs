using System.Diagnostics.CodeAnalysis;

namespace GeoAlign.Sampling;

/// <summary>The text that goes with a condition video, or why there is none. A missing prompt is not an empty one.</summary>
public sealed record ConditionPrompt
{
    private ConditionPrompt(string? text, string origin) => (Text, Origin) = (text, origin);

    /// <summary>The prompt; null when it is missing.</summary>
    public string? Text { get; }

    /// <summary>Where it was found, such as "captions.jsonl:12"; for a missing one, why it is missing.</summary>
    public string Origin { get; }

    /// <summary>Whether there is no prompt.</summary>
    [MemberNotNullWhen(false, nameof(Text))]
    public bool IsMissing => Text is null;

    /// <summary>A prompt that was found.</summary>
    /// <exception cref="ArgumentException">Nothing but blanks.</exception>
    public static ConditionPrompt Found(string text, string origin)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(text);
        return new(text.Trim(), origin);
    }

    /// <summary>No prompt.</summary>
    public static ConditionPrompt Missing(string reason)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        return new(null, reason);
    }

    /// <summary>The prompt, or "(no prompt: reason)".</summary>
    public override string ToString() => Text ?? $"(no prompt: {Origin})";
}
