namespace GeoAlign.Miniature;

/// <summary>Sets of cases that never share a draw. The room is the same in all of them; starts, paths and noise are not.</summary>
internal enum MiniatureSet
{
    /// <summary>For training, as many as wanted.</summary>
    Training,

    /// <summary>For looks during training.</summary>
    Validation,

    /// <summary>Held out: random paths.</summary>
    HeldOutRandom,

    /// <summary>Held out: the ten moves of <see cref="ScriptedPaths"/> from random starts; case i is move i mod 10 from start i / 10.</summary>
    HeldOutScripted,
}
