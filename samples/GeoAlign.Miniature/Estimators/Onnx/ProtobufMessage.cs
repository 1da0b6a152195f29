using Google.Protobuf;

namespace GeoAlign.Miniature;

/// <summary>The bytes of one protobuf message, written field by field; the schema's field numbers are the caller's.</summary>
internal sealed class ProtobufMessage : IDisposable
{
    private readonly MemoryStream _bytes = new();
    private readonly CodedOutputStream _output;

    public ProtobufMessage() => _output = new CodedOutputStream(_bytes, leaveOpen: true);

    /// <summary>Adds an integer or enum field.</summary>
    public ProtobufMessage Integer(int field, long value)
    {
        _output.WriteTag(field, WireFormat.WireType.Varint);
        _output.WriteInt64(value);
        return this;
    }

    /// <summary>Adds a float field.</summary>
    public ProtobufMessage Float(int field, float value)
    {
        _output.WriteTag(field, WireFormat.WireType.Fixed32);
        _output.WriteFloat(value);
        return this;
    }

    /// <summary>Adds a text field.</summary>
    public ProtobufMessage Text(int field, string value)
    {
        _output.WriteTag(field, WireFormat.WireType.LengthDelimited);
        _output.WriteString(value);
        return this;
    }

    /// <summary>Adds a field of raw bytes.</summary>
    public ProtobufMessage Bytes(int field, ReadOnlySpan<byte> value)
    {
        _output.WriteTag(field, WireFormat.WireType.LengthDelimited);
        _output.WriteBytes(ByteString.CopyFrom(value));
        return this;
    }

    /// <summary>Adds a nested message that <paramref name="fill"/> writes.</summary>
    public ProtobufMessage Message(int field, Action<ProtobufMessage> fill)
    {
        using ProtobufMessage nested = new();
        fill(nested);
        return Bytes(field, nested.ToArray());
    }

    /// <summary>All bytes written so far.</summary>
    public byte[] ToArray()
    {
        _output.Flush();
        return _bytes.ToArray();
    }

    public void Dispose()
    {
        _output.Dispose();
        _bytes.Dispose();
    }
}
