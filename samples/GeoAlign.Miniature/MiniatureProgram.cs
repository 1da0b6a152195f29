namespace GeoAlign.Miniature;

/// <summary>The program that <c>./demo.sh</c> starts: its subcommands.</summary>
internal static class MiniatureProgram
{
    public static ToolProgram Create() => new("./demo.sh",
        """
        The miniature world: a room with known metric geometry, a base model that follows the shape of a camera path but not its scale, and its
        repair by GRPO on the self-attention layers (docs/miniature.md). Without a command it is run.

        Training on your own videos and paths, with your own weights and pose estimator: ./demo.sh train --help
        """)
    {
        RunCommand.Create("run", "quick"), AblateCommand.Create(), PretrainCommand.Create(), EstimatorsCommand.Create(), WorldCommand.Create(), PictureCommand.Create(),
    };
}
