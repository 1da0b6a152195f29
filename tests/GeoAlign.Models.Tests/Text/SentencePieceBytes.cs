using Google.Protobuf;

namespace GeoAlign.Models.Tests;

/// <summary>Writes small SentencePiece files.</summary>
internal static class SentencePieceBytes
{
    /// <summary>The four marks that umT5's vocabulary starts with.</summary>
    public static readonly (string Text, float Score, PieceKind Kind)[] Marks =
    [
        ("<pad>", 0, PieceKind.Control), ("</s>", 0, PieceKind.Control), ("<s>", 0, PieceKind.Control), ("<unk>", 0, PieceKind.Unknown),
    ];

    /// <summary>A file with these pieces, numbers of the trainer and normaliser by field, and a compiled character map.</summary>
    public static byte[] Of(
        IEnumerable<(string Text, float Score, PieceKind Kind)> pieces, (int Field, int Value)[]? trainer = null,
        (int Field, bool Value)[]? normaliser = null, byte[]? characterMap = null)
    {
        return Message(file =>
        {
            foreach ((string text, float score, PieceKind kind) in pieces)
            {
                Nested(file, 1, piece =>
                {
                    piece.WriteTag(1, WireFormat.WireType.LengthDelimited);
                    piece.WriteString(text);
                    piece.WriteTag(2, WireFormat.WireType.Fixed32);
                    piece.WriteFloat(score);
                    if (kind == PieceKind.Normal) return;
                    piece.WriteTag(3, WireFormat.WireType.Varint);
                    piece.WriteEnum((int)kind);
                });
            }

            Nested(file, 2, spec =>
            {
                foreach ((int field, int value) in trainer ?? [(41, 2), (42, 1), (43, 0)])
                {
                    spec.WriteTag(field, WireFormat.WireType.Varint);
                    spec.WriteInt32(value);
                }
            });
            Nested(file, 3, spec =>
            {
                if (characterMap is not null)
                {
                    spec.WriteTag(2, WireFormat.WireType.LengthDelimited);
                    spec.WriteBytes(ByteString.CopyFrom(characterMap));
                }

                foreach ((int field, bool value) in normaliser ?? [])
                {
                    spec.WriteTag(field, WireFormat.WireType.Varint);
                    spec.WriteBool(value);
                }
            });
        });
    }

    private static byte[] Message(Action<CodedOutputStream> write)
    {
        using MemoryStream stream = new();
        using (CodedOutputStream output = new(stream, leaveOpen: true)) write(output);
        return stream.ToArray();
    }

    private static void Nested(CodedOutputStream output, int field, Action<CodedOutputStream> write)
    {
        output.WriteTag(field, WireFormat.WireType.LengthDelimited);
        output.WriteBytes(ByteString.CopyFrom(Message(write)));
    }
}
