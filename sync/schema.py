"""The outbox's schema: a list of migrations and nothing else. Never edit one that has shipped; add another."""

from sqlite_utils import Database, Migrations

SCHEMA = Migrations("outbox")

WAITING = "waiting"
SENT = "sent"
REFUSED = "refused"


@SCHEMA()
def create_responses(db: Database) -> None:
    """One row a response. AUTOINCREMENT: a sequence number is never used twice, not even after a purge."""
    db.execute(
        """
        CREATE TABLE responses (
            sequence INTEGER PRIMARY KEY AUTOINCREMENT,
            response_id TEXT NOT NULL UNIQUE,
            survey TEXT NOT NULL,
            document BLOB NOT NULL,
            digest BLOB NOT NULL,
            queued_at REAL NOT NULL,
            state TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'sent', 'refused')),
            attempts INTEGER NOT NULL DEFAULT 0,
            objections INTEGER NOT NULL DEFAULT 0,
            next_attempt_at REAL NOT NULL DEFAULT 0,
            reason TEXT NOT NULL DEFAULT '',
            settled_at REAL
        ) STRICT
        """,
    )


@SCHEMA()
def index_states(db: Database) -> None:
    """The courier asks by state, in the order of the queue."""
    db.execute("CREATE INDEX responses_by_state ON responses (state, sequence)")


@SCHEMA()
def keep_documents_as_queued(db: Database) -> None:
    """A queued document is immutable: the database itself refuses to change one."""
    db.execute(
        """
        CREATE TRIGGER documents_stay_as_queued
        BEFORE UPDATE OF sequence, response_id, survey, document, digest, queued_at ON responses
        BEGIN SELECT RAISE(ABORT, 'a queued response is never changed'); END
        """,
    )


@SCHEMA()
def index_times(db: Database) -> None:
    """Reception asks how many answered today."""
    db.execute("CREATE INDEX responses_by_time ON responses (queued_at)")


@SCHEMA()
def name_the_key(db: Database) -> None:
    """Which key opens a document; '' for one that is not encrypted yet, and only that may still be changed, once (S159)."""
    db.execute("ALTER TABLE responses ADD COLUMN key TEXT NOT NULL DEFAULT ''")
    db.execute("CREATE INDEX responses_by_key ON responses (key, state, next_attempt_at)")
    db.execute("DROP TRIGGER documents_stay_as_queued")
    db.execute(
        """
        CREATE TRIGGER documents_stay_as_queued
        BEFORE UPDATE OF sequence, response_id, survey, document, digest, queued_at, key ON responses
        WHEN OLD.key != '' OR NEW.key = '' OR OLD.sequence != NEW.sequence OR OLD.response_id != NEW.response_id
             OR OLD.survey != NEW.survey OR OLD.queued_at != NEW.queued_at
        BEGIN SELECT RAISE(ABORT, 'a queued response is never changed'); END
        """,
    )


@SCHEMA()
def keep_open_sessions(db: Database) -> None:
    """What somebody has answered so far: what is left here after a crash becomes a response that was stopped."""
    db.execute(
        """
        CREATE TABLE open_sessions (
            response_id TEXT PRIMARY KEY,
            survey TEXT NOT NULL,
            document BLOB NOT NULL,
            digest BLOB NOT NULL,
            queued_at REAL NOT NULL,
            key TEXT NOT NULL
        ) STRICT
        """,
    )


@SCHEMA()
def keep_tallies(db: Database) -> None:
    """How many there are of each state and key, kept by the database itself: a year's queue is counted as fast as a day's."""
    for statement in (
        """
        CREATE TABLE tallies (
            key TEXT NOT NULL,
            state TEXT NOT NULL,
            number INTEGER NOT NULL,
            PRIMARY KEY (key, state)
        ) STRICT, WITHOUT ROWID
        """,
        "INSERT INTO tallies SELECT key, state, count(*) FROM responses GROUP BY key, state",
        f"CREATE TRIGGER tally_added AFTER INSERT ON responses BEGIN {_MORE} END",
        f"CREATE TRIGGER tally_moved AFTER UPDATE OF state, key ON responses BEGIN {_LESS} {_MORE} END",
        f"CREATE TRIGGER tally_removed AFTER DELETE ON responses BEGIN {_LESS} END",
    ):
        db.execute(statement)


_MORE = """
    INSERT OR IGNORE INTO tallies VALUES (NEW.key, NEW.state, 0);
    UPDATE tallies SET number = number + 1 WHERE key = NEW.key AND state = NEW.state;
"""
_LESS = "UPDATE tallies SET number = number - 1 WHERE key = OLD.key AND state = OLD.state;"
