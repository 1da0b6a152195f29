using System.Collections.Immutable;

namespace GeoAlign.Miniature;

/// <summary>What a trained pose network can do.</summary>
/// <param name="Errors">Errors of its poses by kind of frame.</param>
/// <param name="Damage">How its log damage follows the true damage.</param>
internal sealed record PoseTrainingResult(ImmutableArray<PoseErrorFloor> Errors, PictureQualityFloor Damage);
