namespace TorchSharp.Modules;

/// <summary>Settings of one group of parameters.</summary>
public class OptimizerOptions
{
    public double? LearningRate;
    public double InitialLearningRate;

    /// <summary>Takes over the settings of another object of the same kind.</summary>
    public virtual void LoadStateDict(OptimizerOptions source)
    {
        InitialLearningRate = source.InitialLearningRate;
        LearningRate = source.LearningRate;
    }

    public virtual void LoadStateDict(BinaryReader reader)
    {
        InitialLearningRate = reader.ReadDouble();
        LearningRate = reader.ReadDouble();
    }

    public virtual void SaveStateDict(BinaryWriter writer)
    {
        writer.Write(InitialLearningRate);
        writer.Write(LearningRate ?? InitialLearningRate);
    }
}
