namespace GeoAlign.Evaluate;

/// <summary>What the program ends with.</summary>
internal static class ExitCodes
{
    /// <summary>Every case of the plan was scored.</summary>
    public const int AllScored = 0;

    /// <summary>Nothing was scored: bad options or input.</summary>
    public const int Error = 1;

    /// <summary>Some cases failed or have no video; the others were scored.</summary>
    public const int SomeNotScored = 2;

    /// <summary>Stopped by Ctrl-C; what was done is kept.</summary>
    public const int Stopped = 130;
}
