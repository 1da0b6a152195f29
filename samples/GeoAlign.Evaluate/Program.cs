using System.CommandLine;
using GeoAlign.Evaluate;

// On its own the command is the whole program: a root command has help and version.
Command evaluate = EvaluateCommand.Create();
RootCommand root = new(evaluate.Description!) { Action = evaluate.Action };
foreach (Option option in evaluate.Options) root.Options.Add(option);
return await root.Parse(args).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
