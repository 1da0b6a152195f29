namespace GeoAlign.Evaluate;

/// <summary>Finds the camera path of a video.</summary>
internal interface IPathSource
{
    /// <summary>All that its answers depend on besides the video: program, network file, settings. Part of the address in the cache.</summary>
    string Identity { get; }

    /// <summary>What a reader is told: "pose.onnx", "ViPE only_pose".</summary>
    string Title { get; }

    /// <summary>Finds the path.</summary>
    /// <param name="video">File or folder of frames.</param>
    /// <param name="facts">What is known of it.</param>
    /// <param name="stop">Stops early.</param>
    /// <returns>The path, or the reason why this video has none: the answer is kept. An exception is not kept.</returns>
    Task<EstimatedPath> EstimateAsync(string video, VideoFacts facts, CancellationToken stop);

    /// <summary>ViPE's artefacts of a video whose path was found, where it leaves any.</summary>
    /// <param name="videoHash">Hash of the video's content.</param>
    SceneFiles? SceneOf(string videoHash) => null;
}
