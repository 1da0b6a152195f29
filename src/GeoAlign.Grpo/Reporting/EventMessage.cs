using Google.Protobuf;

namespace GeoAlign.Grpo;

/// <summary>
/// The protobuf messages of an event file, reduced to the fields that scalars need. Numbers and types of the fields are those of TensorFlow's event.proto and summary.proto:
/// <c>Event { 1 wall_time double, 2 step int64, 3 file_version string, 5 summary, 7 session_log }</c>, <c>Summary { 1 repeated value { 1 tag string, 2 simple_value float } }</c>,
/// <c>SessionLog { 1 status enum }</c>.
/// </summary>
internal static class EventMessage
{
    private const int SessionStart = 1;

    /// <summary>The first event of every file.</summary>
    public static byte[] FileVersion(double wallSeconds) => Event(wallSeconds, 0, output =>
    {
        output.WriteTag(3, WireFormat.WireType.LengthDelimited);
        output.WriteString("brain.Event:2");
    });

    /// <summary>A session starts at this step: readers drop what earlier events said about it and later steps.</summary>
    public static byte[] Start(double wallSeconds, long step) => Event(wallSeconds, step, output => WriteMessage(output, 7, log =>
    {
        log.WriteTag(1, WireFormat.WireType.Varint);
        log.WriteEnum(SessionStart);
    }));

    /// <summary>Numbers of one step.</summary>
    public static byte[] Scalars(double wallSeconds, long step, IEnumerable<(string Tag, double Value)> scalars) => Event(wallSeconds, step, output => WriteMessage(output, 5, summary =>
    {
        foreach ((string tag, double number) in scalars)
        {
            WriteMessage(summary, 1, value =>
            {
                value.WriteTag(1, WireFormat.WireType.LengthDelimited);
                value.WriteString(tag);
                value.WriteTag(2, WireFormat.WireType.Fixed32);
                value.WriteFloat((float)number);
            });
        }
    }));

    private static byte[] Event(double wallSeconds, long step, Action<CodedOutputStream> what) => Message(output =>
    {
        output.WriteTag(1, WireFormat.WireType.Fixed64);
        output.WriteDouble(wallSeconds);
        output.WriteTag(2, WireFormat.WireType.Varint);
        output.WriteInt64(step);
        what(output);
    });

    private static void WriteMessage(CodedOutputStream output, int field, Action<CodedOutputStream> content)
    {
        output.WriteTag(field, WireFormat.WireType.LengthDelimited);
        output.WriteBytes(UnsafeByteOperations.UnsafeWrap(Message(content)));
    }

    private static byte[] Message(Action<CodedOutputStream> content)
    {
        using MemoryStream bytes = new();
        using CodedOutputStream output = new(bytes);
        content(output);
        output.Flush();
        return bytes.ToArray();
    }
}
