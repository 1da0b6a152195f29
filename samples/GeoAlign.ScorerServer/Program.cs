using GeoAlign.ScorerServer;
using GeoAlign.Terminal;

// A running request may take its time after a signal: longer than the server itself waits (ScorerServer).
return await CommandProgram.RunAsync(ServeCommand.Create(), args, Console.Out, Console.Error, endingTime: TimeSpan.FromSeconds(40));
