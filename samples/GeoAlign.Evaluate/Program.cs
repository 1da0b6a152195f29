using GeoAlign.Evaluate;
using GeoAlign.Terminal;

return await CommandProgram.RunAsync(EvaluateCommand.CreateProgram(), args, Console.Out, Console.Error);
