namespace GeoAlign.Models;

/// <summary>A condition prepared by a ReDirector network.</summary>
public sealed class RedirectorCondition : FlowCondition
{
    internal RedirectorCondition(RedirectorTransformer network, LatentShape shape, FlowContext context) : base(network, shape, context)
    {
    }
}
