namespace GeoAlign.Models;

/// <summary>Cuts a normalised text into the pieces whose scores have the largest sum.</summary>
/// <remarks>
/// <para>Viterbi's algorithm over a unigram language model: Kudo 2018 (arXiv 1804.10959), section 3.1.</para>
/// <para>
/// Ties are common (<c>aab</c> is <c>a·ab</c> or <c>aa·b</c>), so the arithmetic follows SentencePiece bit by bit: the best sums are kept in
/// float32, a candidate is summed in double and must be strictly better; an unknown character costs ten more than the worst piece.
/// </para>
/// </remarks>
internal sealed class UnigramSegmentation
{
    private const float UnknownPenalty = 10;

    private readonly SentencePieceModel _model;
    private readonly PieceTrie _pieces;
    private readonly int _unknown;
    private readonly float _unknownScore;
    private readonly float _bestScore;

    public UnigramSegmentation(SentencePieceModel model, int unknown)
    {
        (_model, _unknown) = (model, unknown);
        _pieces = PieceTrie.Build(model, Enumerable.Range(0, model.Pieces.Count)
            .Where(id => model.Pieces[id].Kind is PieceKind.Normal or PieceKind.UserDefined));

        // SentencePiece starts its search for the best score at the smallest positive number, below which all log probabilities lie.
        (float worst, float best) = (float.MaxValue, 1.17549435e-38f);
        foreach (SentencePieceModel.Piece piece in model.Pieces)
        {
            if (piece.Kind != PieceKind.Normal) continue;
            (worst, best) = (Math.Min(worst, piece.Score), Math.Max(best, piece.Score));
        }

        (_unknownScore, _bestScore) = (worst - UnknownPenalty, best);
    }

    /// <summary>The pieces of a text in order, each with the number of its bytes.</summary>
    public List<(int Id, int Bytes)> Cut(ReadOnlySpan<byte> text)
    {
        Arrival[] best = new Arrival[text.Length + 1];
        for (int start = 0; start < text.Length;)
        {
            float scoreHere = best[start].Score;
            int character = Math.Min(TextNormaliser.CharacterBytes(text[start]), text.Length - start);
            bool characterIsPiece = false;
            for (int node = PieceTrie.Root, end = start; end < text.Length && (node = _pieces.Step(node, text[end])) != PieceTrie.None;)
            {
                int bytes = ++end - start, piece = _pieces.PieceAt(node);
                if (piece == PieceTrie.None) continue;
                Offer(ref best[end], piece, bytes, scoreHere + ScoreOf(piece, bytes));
                characterIsPiece |= bytes == character;
            }

            if (!characterIsPiece) Offer(ref best[start + character], _unknown, character, scoreHere + _unknownScore);
            start += character;
        }

        List<(int, int)> cut = [];
        for (int end = text.Length; end > 0; end -= best[end].Bytes) cut.Add((best[end].Piece, best[end].Bytes));
        cut.Reverse();
        return cut;
    }

    private static void Offer(ref Arrival best, int piece, int bytes, double score)
    {
        if (best.Bytes == 0 || score > best.Score) best = new Arrival(piece, bytes, (float)score);
    }

    private double ScoreOf(int piece, int bytes) =>
        _model.Pieces[piece].Kind == PieceKind.UserDefined ? bytes * _bestScore - 0.1 : _model.Pieces[piece].Score;

    /// <summary>The best way to a place in the text: its last piece, that piece's bytes (0 if there is no way yet) and the sum of scores.</summary>
    private readonly record struct Arrival(int Piece, int Bytes, float Score);
}
