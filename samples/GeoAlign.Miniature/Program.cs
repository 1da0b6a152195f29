using System.CommandLine;
using GeoAlign.Miniature;

RootCommand command = new("The miniature world: a room with known metric geometry, a base model with the paper's flaw, and its repair by GRPO.")
{
    PretrainCommand.Create(), RunCommand.Create("run", "full"), AblateCommand.Create(),
};
return await command.Parse(args).InvokeAsync();
