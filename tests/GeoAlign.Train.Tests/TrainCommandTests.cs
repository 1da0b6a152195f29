using System.CommandLine;

namespace GeoAlign.Train.Tests;

public class TrainCommandTests
{
    [Fact]
    public void The_command_can_be_mounted_under_another_program()
    {
        RootCommand tool = new() { TrainCommand.Create() };

        Assert.Empty(tool.Parse("train --iterations 3 --checkpoints folder --offload").Errors);
        Assert.Empty(tool.Parse("train generate --video clip.mp4 --move arcLeft").Errors);
        Assert.Empty(tool.Parse("train generate --help").Errors);
        Assert.NotEmpty(tool.Parse("train --no-such-option").Errors);
    }

    [Fact]
    public void As_a_program_of_its_own_it_has_the_same_options_and_subcommands()
    {
        Command train = TrainCommand.Create();
        RootCommand root = TrainCommand.CreateProgram();

        Assert.All(train.Options, option => Assert.Contains(root.Options, o => o.Name == option.Name));
        Assert.Equal(train.Subcommands.Select(c => c.Name), root.Subcommands.Select(c => c.Name));
        Assert.Empty(root.Parse("--iterations 3 --without-phases").Errors);
        Assert.Empty(root.Parse("generate --video clip.mp4").Errors);
    }

    [Fact]
    public void Help_shows_the_way_to_the_released_weights()
    {
        string help = Help("--help"), generate = Help("generate --help");

        Assert.All(new[] { "--checkpoints", "--step-weights", "--vae", "--text-encoder", "--tokenizer", "--image-encoder", "--offload", "Wan2.1_VAE.pth", "generate" }, word => Assert.Contains(word, help, StringComparison.Ordinal));
        Assert.DoesNotContain("does not have", help, StringComparison.Ordinal);
        Assert.All(new[] { "--move", "--source-path", "--trained", "--negative-prompt" }, word => Assert.Contains(word, generate, StringComparison.Ordinal));

        static string Help(string arguments)
        {
            StringWriter text = new();
            TrainCommand.CreateProgram().Parse(arguments).Invoke(new InvocationConfiguration { Output = text });
            return text.ToString();
        }
    }
}
