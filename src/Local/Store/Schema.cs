using System.Globalization;

namespace Dunning.Local.Store;

/// <summary>
/// The tables. Instants are UTC ticks, exact, so that a wake-up is never early and a hash covers what is stored; days are day numbers;
/// amounts are ten-thousandths of the major unit, so that one index orders every currency.
/// </summary>
internal static class Schema
{
    public const int Version = 1;

    /// <summary>The most events one case can have: an event's number is the case's times this, plus its place in the log.</summary>
    public const long EventsPerCase = 1 << 20;

    private const string NeverChanged =
        "CREATE TRIGGER events_are_never_changed BEFORE UPDATE ON events BEGIN SELECT RAISE(ABORT, 'the log of a case is append-only'); END";

    // An event is a row of a plain table under one number: in a table WITHOUT ROWID a row over a kilobyte would take a page of its own.
    private const string Tables = """
        CREATE TABLE meta(name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
        CREATE TABLE cases(
          no INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, creditor TEXT NOT NULL, number TEXT NOT NULL, debtor TEXT NOT NULL,
          status INT NOT NULL, due INT NOT NULL, balance INT NOT NULL, currency TEXT NOT NULL, wake_at INT, updated_at INT NOT NULL,
          has_claim INT NOT NULL, is_stopped INT NOT NULL, version INT NOT NULL, last_seq INT NOT NULL, folded_seq INT NOT NULL,
          head BLOB NOT NULL, state BLOB NOT NULL);
        CREATE INDEX cases_wake ON cases(wake_at) WHERE wake_at IS NOT NULL;
        CREATE INDEX cases_unread ON cases(wake_at) WHERE folded_seq < last_seq;
        CREATE INDEX cases_claimed ON cases(id) WHERE has_claim = 1;
        CREATE INDEX cases_stopped ON cases(creditor, id) WHERE is_stopped = 1;
        CREATE INDEX cases_due ON cases(creditor, due);
        CREATE INDEX cases_status ON cases(creditor, status, due);
        CREATE INDEX cases_debtor ON cases(creditor, debtor);
        CREATE INDEX cases_number ON cases(creditor, number);
        CREATE INDEX cases_updated ON cases(creditor, updated_at);
        CREATE INDEX cases_balance ON cases(creditor, balance);
        CREATE TABLE events(
          no INTEGER PRIMARY KEY, at INT NOT NULL, by TEXT NOT NULL, body BLOB NOT NULL, hash BLOB NOT NULL,
          case_no INT GENERATED ALWAYS AS (no >> 20) VIRTUAL, seq INT GENERATED ALWAYS AS (no & 1048575) VIRTUAL);
        CREATE TRIGGER events_are_never_changed BEFORE UPDATE ON events BEGIN SELECT RAISE(ABORT, 'the log of a case is append-only'); END;
        CREATE TRIGGER events_are_never_taken_away BEFORE DELETE ON events BEGIN SELECT RAISE(ABORT, 'the log of a case is append-only'); END;
        CREATE TABLE facts(creditor TEXT, id TEXT, event_no INT NOT NULL, answer TEXT, PRIMARY KEY(creditor, id)) WITHOUT ROWID;
        CREATE TABLE messages(no INTEGER PRIMARY KEY, case_no INT NOT NULL, key TEXT NOT NULL, at INT NOT NULL, body BLOB NOT NULL);
        CREATE UNIQUE INDEX messages_key ON messages(case_no, key);
        CREATE TABLE tasks(
          no INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, case_no INT NOT NULL, creditor TEXT NOT NULL, kind INT NOT NULL,
          opened_at INT NOT NULL, body BLOB NOT NULL);
        CREATE INDEX tasks_case ON tasks(case_no, opened_at);
        CREATE INDEX tasks_oldest ON tasks(creditor, opened_at);
        CREATE INDEX tasks_kind ON tasks(creditor, kind, opened_at);
        CREATE TABLE documents(
          no INTEGER PRIMARY KEY, kind TEXT NOT NULL, id TEXT NOT NULL, owner TEXT, version INT NOT NULL, json TEXT NOT NULL);
        CREATE UNIQUE INDEX documents_id ON documents(kind, id);
        CREATE INDEX documents_owner ON documents(kind, owner, id);
        CREATE TABLE receipts(
          scope TEXT, key TEXT, fingerprint TEXT NOT NULL, status INT NOT NULL, body TEXT NOT NULL, location TEXT, at INT NOT NULL,
          PRIMARY KEY(scope, key)) WITHOUT ROWID;
        """;

    /// <summary>Says that every case has its narrow row.</summary>
    public const string Listed = "INSERT OR IGNORE INTO meta VALUES('listed', 'whole')";

    // What came later: a database from before has it from its next opening on.
    private static readonly string[] Later =
    [
        """
        CREATE TABLE IF NOT EXISTS announcements(
          no INTEGER PRIMARY KEY AUTOINCREMENT, told_at INT NOT NULL, id TEXT NOT NULL, type TEXT NOT NULL, at INT NOT NULL, creditor TEXT NOT NULL,
          case_id TEXT NOT NULL, data TEXT NOT NULL)
        """,
        "CREATE INDEX IF NOT EXISTS announcements_creditor ON announcements(creditor, no)",
        // What people look for, in narrow rows that can all be read in a moment: the rows of cases, with their states, cannot.
        """
        CREATE TABLE IF NOT EXISTS listed(
          creditor TEXT NOT NULL, closed INT NOT NULL, no INT NOT NULL, status INT NOT NULL, due INT NOT NULL, balance INT NOT NULL, waiting INT NOT NULL, next_at INT,
          promised INT, step TEXT, policy TEXT NOT NULL, number TEXT NOT NULL, name TEXT NOT NULL, words TEXT NOT NULL, PRIMARY KEY(creditor, closed, no)) WITHOUT ROWID
        """,
        "CREATE INDEX IF NOT EXISTS listed_next ON listed(creditor, next_at, no) WHERE next_at IS NOT NULL",
        // The personal values of an event, beside it: the log is never changed, these can be erased.
        "CREATE TABLE IF NOT EXISTS personal(no INTEGER PRIMARY KEY, body BLOB NOT NULL)",
        "CREATE INDEX IF NOT EXISTS receipts_at ON receipts(at)",
        """
        CREATE TRIGGER IF NOT EXISTS admin_log_is_never_changed BEFORE UPDATE ON documents WHEN old.kind = 'admin-log'
        BEGIN SELECT RAISE(ABORT, 'the log of administration is append-only'); END
        """,
        "CREATE INDEX IF NOT EXISTS cases_owed ON cases(creditor, debtor, status, balance, currency)",
    ];

    /// <summary>Refuses a database that is not ours, or of another version, before anything is written to it.</summary>
    public static void Check(Connection connection)
    {
        if (connection.Ask("SELECT count(*) FROM sqlite_schema") == "0")
            return;
        if (connection.Ask("SELECT count(*) FROM sqlite_schema WHERE name = 'meta'") == "0")
            throw new WrongSchema("The database was not made by Dunning.");
        var found = connection.Ask("SELECT value FROM meta WHERE name = 'schema_version'");
        if (found != Version.ToString(CultureInfo.InvariantCulture))
            throw new WrongSchema($"The database has schema version {found ?? "none"}; this program needs version {Version}.");
    }

    /// <summary>Does what the log of a case never lets happen, and forbids it again: erasing personal data that was written into the log itself.</summary>
    public static void Unlocked(Connection connection, Action change)
    {
        connection.Ask("DROP TRIGGER events_are_never_changed");
        change();
        connection.Ask(NeverChanged);
    }

    public static void Create(Connection connection)
    {
        connection.Run("BEGIN IMMEDIATE");
        if (connection.Ask("SELECT count(*) FROM sqlite_schema") == "0")
        {
            foreach (var table in Tables.Split(";\n", StringSplitOptions.RemoveEmptyEntries))
                connection.Ask(table);
            connection.Ask($"INSERT INTO meta VALUES('schema_version', '{Version}')");
            connection.Ask(Listed);
        }
        foreach (var addition in Later)
            connection.Ask(addition);
        if (connection.Ask("SELECT count(*) FROM pragma_table_info('events') WHERE name = 'format'") == "0")
            connection.Ask("ALTER TABLE events ADD COLUMN format INT NOT NULL DEFAULT 0");
        DebtorRows.Create(connection);
        connection.Run("COMMIT");
    }
}

/// <summary>The database belongs to another version of the program, or to another program.</summary>
public sealed class WrongSchema(string message) : Exception(message);
