"""On PostgreSQL the answers lie in parts, one a month of their day (see ``months``): a hundred million are easy to look after.

A key of a table in parts must hold what parts it, so the primary key is (id, day); nothing refers to an answer, and its id is
as unique as before, for the sequence goes on. On SQLite nothing changes.
"""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from sync.hub.taking_in import months

INTO_PARTS = (
    "ALTER TABLE hub_answer RENAME TO hub_answer_before",
    "ALTER TABLE hub_answer_before ALTER COLUMN id DROP IDENTITY",
    "CREATE SEQUENCE hub_answer_number AS bigint",
    """CREATE TABLE hub_answer (
        id bigint NOT NULL DEFAULT nextval('hub_answer_number'),
        response_id bigint NOT NULL,
        version_id bigint NOT NULL,
        site_id bigint NOT NULL,
        day date NOT NULL,
        link_id text NOT NULL,
        repetition varchar(60) NOT NULL,
        system text NOT NULL,
        code text NOT NULL,
        number double precision NULL,
        CONSTRAINT hub_answer_key PRIMARY KEY (id, day),
        CONSTRAINT hub_answer_of_response FOREIGN KEY (response_id) REFERENCES hub_response (id) DEFERRABLE INITIALLY DEFERRED
    ) PARTITION BY RANGE (day)""",
    "ALTER SEQUENCE hub_answer_number OWNED BY hub_answer.id",
    "CREATE INDEX hub_answer_by_response ON hub_answer (response_id)",
    "CREATE TABLE hub_answer_other PARTITION OF hub_answer DEFAULT",
)
COLUMNS = "id, response_id, version_id, site_id, day, link_id, repetition, system, code, number"


def into_parts(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    if editor.connection.vendor != "postgresql":
        return
    for statement in INTO_PARTS:
        editor.execute(statement)
    days = apps.get_model("hub", "Response").objects.values_list("day", flat=True)
    months.make_ready(days.distinct())
    editor.execute(f"INSERT INTO hub_answer ({COLUMNS}) SELECT {COLUMNS} FROM hub_answer_before")  # noqa: S608 - our own words
    editor.execute("SELECT setval('hub_answer_number', (SELECT coalesce(max(id), 0) + 1 FROM hub_answer))")
    editor.execute("DROP TABLE hub_answer_before")


class Migration(migrations.Migration):
    dependencies = [("hub", "0004_counts_of_what_is_here")]

    operations = [migrations.RunPython(into_parts, migrations.RunPython.noop)]
