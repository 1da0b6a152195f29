using GeoAlign.Terminal;
using GeoAlign.Train;

ToolProgram program = TrainCommand.CreateProgram();
program.Subcommands.Add(AssetsCommand.Create());
return await CommandProgram.RunAsync(program, args, Console.Out, Console.Error);
