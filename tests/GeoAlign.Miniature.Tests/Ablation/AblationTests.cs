namespace GeoAlign.Miniature.Tests;

public class AblationTests
{
    [Fact]
    public void Every_ablation_but_the_first_changes_something_and_can_be_trained()
    {
        Assert.Equal(AlignmentSettings.Quick, Ablation.All[0].Change(AlignmentSettings.Quick));
        Assert.All(Ablation.All.Skip(1), ablation =>
        {
            AlignmentSettings changed = ablation.Change(AlignmentSettings.Quick);

            Assert.NotEqual(AlignmentSettings.Quick, changed);
            changed.Grpo().Validated();
        });
    }

    [Fact]
    public void The_table_gives_mean_and_deviation_over_seeds()
    {
        Ablation ablation = Ablation.All[0];
        JudgementSummary Summary(double metres) => new()
        {
            Clips = 7, TranslationErrorMetres = metres, RotationErrorDegrees = 2, ScaleAlignedTranslationErrorMetres = 0.05,
            TranslationScale = 0.9, RotationScale = 1, ResidualRms = 0.1, Sharpness = 1,
        };

        string table = AblationTable.Markdown(
            [new AblationResult(ablation, 1, Summary(0.2), Summary(0.09), 500, 1.5), new AblationResult(ablation, 2, Summary(0.2), Summary(0.11), 500, 1.7)],
            AlignmentSettings.Quick);

        Assert.Contains("| as it is | 2 | 100.0 (14.1) | 2.00 (0.00) | 0.900 (0.000)", table, StringComparison.Ordinal);
        Assert.Contains("| base | | 200.0", table, StringComparison.Ordinal);
    }
}
