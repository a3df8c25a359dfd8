"""Searching people's own words: an index of whole words, kept in step by the database itself.

The words are `Comment.folded` (sync.hub.words.folding), so that every database finds the same. On SQLite the index is an FTS5
table whose row ids are `Comment.place`: it gives its hits in the order they are shown in. A later migration that makes the
table hub_comment anew on SQLite loses the triggers, and must make them again. On PostgreSQL the words are a column that the
database computes: to take them apart anew for each row that a page passes by would take longer than to read it.
"""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from sync.hub.words import noticing

AT_ONCE = 500

SQLITE = (
    """CREATE VIRTUAL TABLE hub_comment_words USING fts5(
        folded, content='hub_comment', content_rowid='place', prefix='2 3',
        tokenize="unicode61 remove_diacritics 0 categories 'L* N* M* C* S* P*'"
    )""",
    "INSERT INTO hub_comment_words(hub_comment_words) VALUES ('rebuild')",
    """CREATE TRIGGER hub_comment_words_added AFTER INSERT ON hub_comment BEGIN
        INSERT INTO hub_comment_words(rowid, folded) VALUES (new.place, new.folded);
    END""",
    """CREATE TRIGGER hub_comment_words_removed AFTER DELETE ON hub_comment BEGIN
        INSERT INTO hub_comment_words(hub_comment_words, rowid, folded) VALUES ('delete', old.place, old.folded);
    END""",
    """CREATE TRIGGER hub_comment_words_changed AFTER UPDATE OF place, folded ON hub_comment BEGIN
        INSERT INTO hub_comment_words(hub_comment_words, rowid, folded) VALUES ('delete', old.place, old.folded);
        INSERT INTO hub_comment_words(rowid, folded) VALUES (new.place, new.folded);
    END""",
)
SQLITE_BACK = (
    "DROP TRIGGER hub_comment_words_changed",
    "DROP TRIGGER hub_comment_words_removed",
    "DROP TRIGGER hub_comment_words_added",
    "DROP TABLE hub_comment_words",
)
POSTGRESQL = (
    "ALTER TABLE hub_comment ADD COLUMN words tsvector GENERATED ALWAYS AS (to_tsvector('simple', folded)) STORED",
    "CREATE INDEX hub_comment_words ON hub_comment USING gin (words)",
)
POSTGRESQL_BACK = ("DROP INDEX hub_comment_words", "ALTER TABLE hub_comment DROP COLUMN words")


def notice(apps: StateApps, _editor: BaseDatabaseSchemaEditor) -> None:
    """What came before comments were looked at."""
    comments = apps.get_model("hub", "Comment").objects
    last = 0
    while some := list(comments.filter(pk__gt=last).order_by("pk")[:AT_ONCE]):
        for comment in some:
            for field, value in noticing.of(comment.text, comment.day).items():
                setattr(comment, field, value)
        comments.bulk_update(some, ["place", "folded", "warnings"])
        last = some[-1].pk


def forwards(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    _run(editor, SQLITE if editor.connection.vendor == "sqlite" else POSTGRESQL)


def backwards(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    _run(editor, SQLITE_BACK if editor.connection.vendor == "sqlite" else POSTGRESQL_BACK)


def _run(editor: BaseDatabaseSchemaEditor, statements: tuple[str, ...]) -> None:
    for statement in statements:
        editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("hub", "0006_a_role_for_everyone")]

    operations = [migrations.RunPython(notice, migrations.RunPython.noop), migrations.RunPython(forwards, backwards)]
