namespace GeoAlign.Evaluate;

/// <summary>Choices of the command line beside the settings of the evaluation.</summary>
internal sealed record EvaluateOptions
{
    /// <summary>Pose network, or null.</summary>
    public string? PoseModel { get; init; }

    /// <summary>The network sees every n-th frame.</summary>
    public int PoseStride { get; init; } = 1;

    /// <summary>Execution provider of ONNX Runtime.</summary>
    public string ExecutionProvider { get; init; } = "CPU";

    /// <summary>Networks of figures, ROLE=FILE.</summary>
    public IReadOnlyList<string> Networks { get; init; } = [];

    /// <summary>Horizontal field of view of the generated videos where poses come without intrinsics, or null.</summary>
    public double? FieldOfViewDegrees { get; init; }

    /// <summary>Device of MapAnything.</summary>
    public string Device { get; init; } = "cpu";

    /// <summary>Threads of the networks; 0: the runtime's own choice.</summary>
    public int Threads { get; init; }

    /// <summary>ViPE's program, or null.</summary>
    public string? Vipe { get; init; }

    /// <summary>ViPE's preset.</summary>
    public string VipePipeline { get; init; } = "only_pose";

    /// <summary>ViPE processes at a time.</summary>
    public int VipeJobs { get; init; } = 1;

    /// <summary>Whether only the plan is shown.</summary>
    public bool PlanOnly { get; init; }

    /// <summary>Whether the summary goes to standard output as JSON.</summary>
    public bool Json { get; init; }

    /// <summary>Whether the HTML report is made.</summary>
    public bool Report { get; init; } = true;

    /// <summary>Best and worst cases with videos in the report.</summary>
    public int ReportCases { get; init; } = 4;
}
