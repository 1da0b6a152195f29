using System.CommandLine;
using GeoAlign.Train;

RootCommand root = TrainCommand.CreateRoot();
root.Subcommands.Add(AssetsCommand.Create());
return await root.Parse(args).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
