using System.Runtime.CompilerServices;
using System.Text;
using System.Xml;

namespace Dunning.Service.Bank;

/// <summary>
/// camt.053 and camt.054 (ISO 20022), whatever their version and namespace, one entry at a time. No document type, no entity, nothing fetched.
/// </summary>
internal static class CamtReader
{
    private const int MaxDepth = 40;
    private const int MaxField = 4000;

    private static readonly XmlReaderSettings Settings = new()
    {
        Async = true,
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        MaxCharactersFromEntities = 1024,
        MaxCharactersInDocument = StatementReader.MaxBytes,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        IgnoreWhitespace = true,
    };

    public static async IAsyncEnumerable<StatementPart> Read(Stream stream, [EnumeratorCancellation] CancellationToken ct)
    {
        using var xml = XmlReader.Create(stream, Settings);
        var camt = new Reading(xml);
        await camt.Begin();
        while (await camt.Next(ct))
        {
            foreach (var part in camt.Ready)
                yield return part;
            camt.Ready.Clear();
        }
        foreach (var part in camt.Ready)
            yield return part;
    }

    /// <summary>Where the reading stands: the elements that are open, the statement and the entry being read.</summary>
    private sealed class Reading(XmlReader xml)
    {
        private readonly List<string> _open = [];
        private readonly StringBuilder _value = new();
        private readonly char[] _chunk = new char[1024];
        private CamtStatement? _statement;
        private CamtEntry? _entry;
        private string _kind = "";
        private int _statementDepth, _entryDepth, _entries;

        public List<StatementPart> Ready { get; } = [];

        private int Line => ((IXmlLineInfo)xml).LineNumber;

        /// <exception cref="StatementRefused">It is no statement of these.</exception>
        public async Task Begin()
        {
            while (await Step())
                if (xml.NodeType == XmlNodeType.Element)
                {
                    Open();
                    if (_open is [_, var root])
                    {
                        (_kind, _) = root switch
                        {
                            "BkToCstmrStmt" => (CamtStatement.OfTheBooks, 0),
                            "BkToCstmrDbtCdtNtfctn" => ("camt.054", 0),
                            "BkToCstmrAcctRpt" => throw new StatementRefused("interimReport", "A camt.052 tells of movements that may still change; send the camt.053 or camt.054.", Line),
                            _ => throw NoStatement(),
                        };
                        return;
                    }
                    if (_open is not ["Document"])
                        throw NoStatement();
                }
            throw NoStatement();
        }

        /// <summary>Reads on until something is ready, or the end.</summary>
        public async Task<bool> Next(CancellationToken ct)
        {
            while (Ready.Count == 0)
            {
                ct.ThrowIfCancellationRequested();
                if (!await Step())
                    return false;
                switch (xml.NodeType)
                {
                    case XmlNodeType.Element:
                        Open();
                        break;
                    case XmlNodeType.Text or XmlNodeType.CDATA:
                        await Take();
                        break;
                    case XmlNodeType.EndElement:
                        Close();
                        break;
                }
            }
            return true;
        }

        private void Open()
        {
            var isEmpty = xml.IsEmptyElement;
            _open.Add(xml.LocalName);
            if (_open.Count > MaxDepth)
                throw new StatementRefused("tooDeep", $"The file nests more than {MaxDepth} elements.", Line);
            _value.Clear();
            if (_statement is null && xml.LocalName is "Stmt" or "Ntfctn")
                (_statement, _statementDepth) = (new(_kind), _open.Count);
            else if (_statement is not null && _entry is null && xml.LocalName == "Ntry")
                (_entry, _entryDepth) = (new(_statement, Line, ++_entries), _open.Count);
            else
                _entry?.Opened(Path(_entryDepth), Line);
            if (xml.LocalName is "Amt" or "TxAmt")
                _entry?.Currency(xml.GetAttribute("Ccy"));
            if (isEmpty)
                Close();
        }

        private async Task Take()
        {
            for (int read; (read = await Guarded(() => xml.ReadValueChunkAsync(_chunk, 0, _chunk.Length))) > 0;)
            {
                if (_value.Length + read > MaxField)
                    throw new StatementRefused("tooLong", $"<{_open[^1]}> is longer than {MaxField} characters.", Line);
                _value.Append(_chunk, 0, read);
            }
        }

        private void Close()
        {
            var value = _value.ToString().Trim();
            _value.Clear();
            if (_entry is not null && _open.Count == _entryDepth)
            {
                Ready.AddRange(_entry.Lines());
                _entry = null;
            }
            else if (_statement is not null && _open.Count == _statementDepth)
            {
                Ready.Add(_statement.End());
                _statement = null;
            }
            else if (value.Length > 0)
            {
                if (_entry is not null)
                    _entry.Value(Path(_entryDepth), value);
                else
                    _statement?.Value(Path(_statementDepth), value);
            }
            _open.RemoveAt(_open.Count - 1);
        }

        private string Path(int below) => string.Join('/', _open.Skip(below));

        private Task<bool> Step() => Guarded(xml.ReadAsync);

        private async Task<T> Guarded<T>(Func<Task<T>> read)
        {
            try
            {
                return await read();
            }
            catch (XmlException broken)
            {
                throw Refused(broken);
            }
            // An encoding nobody knows, or bytes that are not of the one declared.
            catch (Exception broken) when (broken is ArgumentException or NotSupportedException)
            {
                throw new StatementRefused("wrongEncoding", "The file is not written in the encoding it declares.", Math.Max(Line, 1));
            }
        }

        private static StatementRefused Refused(XmlException broken)
        {
            var line = Math.Max(broken.LineNumber, 1);
            return broken.Message.Contains("DTD", StringComparison.Ordinal)
                ? new("documentType", "The file declares a document type; statements have none, and none is read.", line)
                : broken.InnerException is not null || broken.Message.Contains("encoding", StringComparison.OrdinalIgnoreCase)
                    ? new("wrongEncoding", "The file is not written in the encoding it declares.", line)
                    : new("brokenXml", "The file is cut short or not well-formed XML: nothing from here on was read.", line);
        }

        private StatementRefused NoStatement() =>
            new("notAStatement", "This is XML, but no camt.053 or camt.054: Document/BkToCstmrStmt or Document/BkToCstmrDbtCdtNtfctn was expected.", Math.Max(Line, 1));
    }
}
