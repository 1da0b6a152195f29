using GeoAlign.Miniature;
using GeoAlign.Terminal;

return await CommandProgram.RunAsync(MiniatureProgram.Create(), args, Console.Out, Console.Error);
