using System.Globalization;
using Dunning.Bench;

int Count(int usual) => int.Parse(args.ElementAtOrDefault(1) ?? usual.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

switch (args.FirstOrDefault())
{
    case "store":
        await StoreBench.Run(Count(1_000_000), args.ElementAtOrDefault(2));
        return 0;
    case "lives":
        await EngineBench.Lives(Count(20_000));
        return 0;
    case "import":
        await EngineBench.Import(Count(200_000));
        return 0;
    case "decide":
        EngineBench.Decide(Count(3_000_000));
        return 0;
    case "ledger":
        await LedgerBench.Run(Count(20_000));
        return 0;
    case "claims":
        ClaimBench.Run(Count(1_000_000));
        return 0;
    case "texts":
        TextBench.Run(Count(20_000));
        return 0;
    case "letters":
        LetterBench.Run(Count(500));
        return 0;
    case "webhooks":
        await WebhookBench.Run(Count(20_000), args.ElementAtOrDefault(2) is { } rate ? int.Parse(rate, CultureInfo.InvariantCulture) : null);
        return 0;
    case "statements":
        await StatementBench.Run(Count(1_000_000), args.ElementAtOrDefault(2));
        return 0;
    case "figures":
        await FigureBench.Run(Count(100_000));
        return 0;
    case "lists":
        await ListBench.Run(Count(100_000), args.ElementAtOrDefault(2));
        return 0;
    case "sleep" when args.Length > 1:
        await SleepBench.Run(args[1]);
        return 0;
    default:
        Console.Error.WriteLine("Usage: store [cases] [folder to keep] | lives [count] | import [lines] | decide [count] | claims [count] | ledger [cases] | texts [count] | letters [count] | webhooks [count] [per second] | statements [invoices] [folder to keep] | figures [invoices] | lists [cases] [folder to keep] | sleep <folder kept by store>");
        return 2;
}
