namespace GeoAlign.Models;

/// <summary>From where the two camera paths of a condition are measured.</summary>
public enum PathOrigin
{
    /// <summary>Each path from its own first camera: the generated video starts where the condition video does. ReDirector's inference.</summary>
    OwnFirstFrame,

    /// <summary>Both from the condition video's first camera; they must be given in one world. ReDirector's training.</summary>
    SourceFirstFrame,
}
