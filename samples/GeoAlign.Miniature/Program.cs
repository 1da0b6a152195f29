using System.CommandLine;
using GeoAlign.Miniature;

RootCommand root = new(
    """
    The miniature world: a room with known metric geometry, a base model that follows the shape of a camera path but not its scale, and its
    repair by GRPO on the self-attention layers (docs/miniature.md).

    Training on your own videos and paths, with your own weights and pose estimator: ./demo.sh train --help
    """)
{
    RunCommand.Create("run", "quick"), AblateCommand.Create(), PretrainCommand.Create(), EstimatorsCommand.Create(), WorldCommand.Create(), PictureCommand.Create(),
};
try
{
    return await root.Parse(args).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (OperationCanceledException)
{
    Console.Error.WriteLine("stopped; the same command with the same --out goes on");
    return 130;
}
catch (Exception e) when (e is IOException or ArgumentException or InvalidDataException or InvalidOperationException or GeoAlign.Models.WeightFormatException or GeoAlign.Models.WeightMismatchException)
{
    Console.Error.WriteLine("error: " + e.Message);
    return 1;
}
