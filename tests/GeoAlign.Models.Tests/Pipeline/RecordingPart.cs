namespace GeoAlign.Models.Tests;

/// <summary>A part that writes its moves into a list.</summary>
internal sealed class RecordingPart(string name, List<string> moves) : IMovablePart
{
    public string Name => name;

    public Exception? OnTheWayIn { get; init; }

    public void ToDevice()
    {
        moves.Add(name + " in");
        if (OnTheWayIn is not null) throw OnTheWayIn;
    }

    public void ToHost() => moves.Add(name + " out");
}
