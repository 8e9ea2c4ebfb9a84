using Dunning.Local.Commands;

return await CommandLine.Run(args, Surroundings.OfProcess());
