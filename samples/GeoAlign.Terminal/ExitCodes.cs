namespace GeoAlign.Terminal;

/// <summary>What a program's end says.</summary>
public static class ExitCodes
{
    /// <summary>Done.</summary>
    public const int Done = 0;

    /// <summary>The input is bad, or the work failed.</summary>
    public const int Failed = 1;

    /// <summary>The command line cannot be understood or asks for what cannot be together.</summary>
    public const int Usage = 2;

    /// <summary>Of several parts of the work some have no result; the others have, and were written.</summary>
    public const int InPart = 3;

    /// <summary>Stopped by Ctrl-C.</summary>
    public const int Stopped = 130;
}
