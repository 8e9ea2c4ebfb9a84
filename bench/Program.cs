using System.Globalization;
using Dunning.Bench;

if (args is not ["store", ..])
{
    Console.Error.WriteLine("Usage: store [cases] [folder to keep]");
    return 2;
}
await StoreBench.Run(int.Parse(args.ElementAtOrDefault(1) ?? "1000000", CultureInfo.InvariantCulture), args.ElementAtOrDefault(2));
return 0;
