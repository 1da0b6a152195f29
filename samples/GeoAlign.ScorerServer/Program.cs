using System.CommandLine;
using GeoAlign.ScorerServer;

// A running request may take its time after a signal: longer than the server itself waits (ScorerServer).
InvocationConfiguration invocation = new() { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = TimeSpan.FromSeconds(40) };
return await ServeCommand.Create().Parse(args).InvokeAsync(invocation);
