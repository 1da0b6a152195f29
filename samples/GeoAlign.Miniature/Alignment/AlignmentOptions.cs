using System.CommandLine;

namespace GeoAlign.Miniature;

/// <summary>The settings of a run on the command line.</summary>
internal sealed class AlignmentOptions
{
    private readonly Option<string> _preset = new("--preset") { Description = "quick (minutes) or full (about a quarter of an hour)." };
    private readonly Option<int?> _iterations = new("--iterations") { Description = "Iterations." };
    private readonly Option<int?> _every = new("--evaluate-every") { Description = "Iterations between looks at held-out cases." };
    private readonly Option<ulong> _seed = new("--seed") { Description = "Seed of conditions and noise; of the first run, if there are several.", DefaultValueFactory = _ => 1ul };
    private readonly Option<double?> _rate = new("--learning-rate") { Description = "Learning rate." };
    private readonly Option<double?> _finalRate = new("--final-rate") { Description = "Share of the learning rate that is left at the end." };
    private readonly Option<double?> _noise = new("--noise") { Description = "η of the stochastic steps, 0 to 1." };
    private readonly Option<double?> _decay = new("--average") { Description = "Decay of the average of the weights." };
    private readonly Option<double?> _translation = new("--translation-weight") { Description = "λ of the translation reward." };
    private readonly Option<double?> _rotation = new("--rotation-weight") { Description = "λ of the rotation reward." };
    private readonly Option<double?> _picture = new("--picture-weight") { Description = "λ of the perceptual reward." };
    private readonly Option<int?> _group = new("--group") { Description = "Rollouts per condition." };
    private readonly Option<int?> _conditions = new("--conditions") { Description = "Conditions per iteration." };
    private readonly Option<int?> _lastStart = new("--last-start") { Description = "Last start of the window." };
    private readonly Option<int?> _window = new("--window") { Description = "Stochastic, trained steps." };
    private readonly Option<double?> _tail = new("--tail") { Description = "Share of the steps after the window that is kept, at second order." };
    private readonly Option<PoseRewardKind?> _reward = new("--pose-reward") { Description = "Network (pictures only) or Aligner (knows the room)." };

    private readonly string _defaultPreset;

    public AlignmentOptions(string defaultPreset)
    {
        _defaultPreset = defaultPreset;
        _preset.DefaultValueFactory = _ => defaultPreset;
        _preset.AcceptOnlyFromAmong("quick", "full");
    }

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (Option option in new Option[]
        {
            _preset, _iterations, _every, _seed, _rate, _finalRate, _noise, _decay, _translation, _rotation, _picture, _group, _conditions, _lastStart, _window, _tail, _reward,
        }) command.Add(option);
    }

    /// <summary>The settings that were asked for.</summary>
    public AlignmentSettings Read(ParseResult parsed)
    {
        AlignmentSettings start = (parsed.GetValue(_preset) ?? _defaultPreset) == "quick" ? AlignmentSettings.Quick : AlignmentSettings.Full;
        return start with
        {
            Iterations = parsed.GetValue(_iterations) ?? start.Iterations,
            EvaluateEvery = parsed.GetValue(_every) ?? start.EvaluateEvery,
            Seed = parsed.GetValue(_seed),
            LearningRate = parsed.GetValue(_rate) ?? start.LearningRate,
            FinalLearningRateShare = parsed.GetValue(_finalRate) ?? start.FinalLearningRateShare,
            NoiseScale = parsed.GetValue(_noise) ?? start.NoiseScale,
            AverageDecay = parsed.GetValue(_decay) ?? start.AverageDecay,
            TranslationWeight = parsed.GetValue(_translation) ?? start.TranslationWeight,
            RotationWeight = parsed.GetValue(_rotation) ?? start.RotationWeight,
            PictureWeight = parsed.GetValue(_picture) ?? start.PictureWeight,
            GroupSize = parsed.GetValue(_group) ?? start.GroupSize,
            Conditions = parsed.GetValue(_conditions) ?? start.Conditions,
            LastWindowStart = parsed.GetValue(_lastStart) ?? start.LastWindowStart,
            WindowLength = parsed.GetValue(_window) ?? start.WindowLength,
            TailRatio = parsed.GetValue(_tail) ?? start.TailRatio,
            PoseReward = parsed.GetValue(_reward) ?? start.PoseReward,
        };
    }
}
