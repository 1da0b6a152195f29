using System.CommandLine;
using GeoAlign.Evaluate;

return await EvaluateCommand.Create().Parse(args).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
