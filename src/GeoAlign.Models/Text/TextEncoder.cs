namespace GeoAlign.Models;

/// <summary>Prompts to text features: cleaning, tokens, network.</summary>
public sealed class TextEncoder : IDisposable
{
    private readonly SentencePieceTokenizer _tokenizer;
    private readonly Umt5Encoder _network;
    private readonly int _batchSize;

    /// <summary>Joins a tokenizer and a network. The network is disposed with the encoder.</summary>
    /// <param name="tokenizer">Its ids must be rows of the network's embedding; it needs an end mark and padding.</param>
    /// <param name="network">The text encoder.</param>
    /// <param name="batchSize">Most prompts that pass the network together. Prompts of like length are put together.</param>
    /// <exception cref="ArgumentException">The tokenizer does not fit the network.</exception>
    public TextEncoder(SentencePieceTokenizer tokenizer, Umt5Encoder network, int batchSize = 8)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        if (tokenizer.PieceCount > network.Config.VocabularySize)
        {
            throw new ArgumentException(
                $"The tokenizer has {tokenizer.PieceCount} pieces, expected at most {network.Config.VocabularySize}, the network's embeddings.",
                nameof(tokenizer));
        }

        if (tokenizer.EndId is null || tokenizer.PadId is null)
            throw new ArgumentException("The tokenizer has no end mark or no padding, which the network was trained with.", nameof(tokenizer));
        (_tokenizer, _network, _batchSize) = (tokenizer, network, batchSize);
    }

    /// <summary>Features of prompts.</summary>
    /// <remarks>
    /// As many rows as the prompt has tokens. The diffusion network fills them up with zero rows, prompt by prompt: the released pipeline
    /// zeroes a whole batch from its shortest prompt on, which cuts the others short.
    /// </remarks>
    /// <param name="prompts">Texts of any length; what lies beyond the network's number of tokens is cut off.</param>
    /// <exception cref="InvalidOperationException">A feature is not finite.</exception>
    public TokenFeatures[] Encode(IReadOnlyList<string> prompts)
    {
        IReadOnlyList<int>[] texts = [.. prompts.Select(Tokens)];
        TokenFeatures[] features = new TokenFeatures[texts.Length];
        foreach (int[] batch in Enumerable.Range(0, texts.Length).OrderBy(i => texts[i].Count).Chunk(_batchSize))
        {
            IReadOnlyList<TokenFeatures> encoded = _network.Encode([.. batch.Select(i => texts[i])]);
            for (int i = 0; i < batch.Length; i++) features[batch[i]] = encoded[i];
        }

        return features;
    }

    /// <summary>Frees the network.</summary>
    public void Dispose() => _network.Dispose();

    private IReadOnlyList<int> Tokens(string prompt)
    {
        TokenIds tokens = _tokenizer.Encode(PromptCleaning.Clean(prompt), _network.Config.MostTokens);
        return [.. tokens.Ids.Take(tokens.Count)];
    }
}
