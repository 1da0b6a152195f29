using System.CommandLine;
using GeoAlign.Train;

RootCommand root = TrainCommand.Create();
root.Subcommands.Add(AssetsCommand.Create());
return await root.Parse(args).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
