using System.CommandLine;

RootCommand root = new("Camera paths, rewards, training and evaluation for camera-controlled video models.");
return await root.Parse(args).InvokeAsync();
