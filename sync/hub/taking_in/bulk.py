"""Many rows at once, without a statement put together for each: one INSERT for all on SQLite, COPY on PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

from django.db import connection
from django.db.models import DateTimeField, Field, Model, UUIDField

Row: TypeAlias = Sequence[Any]


def insert(table: str, columns: Sequence[str], rows: Sequence[Row]) -> None:
    """Add rows of values as the database has them. In the caller's transaction."""
    named = ", ".join(columns)
    with connection.cursor() as cursor:
        if connection.vendor != "postgresql":
            places = ", ".join(["%s"] * len(columns))
            cursor.executemany(f"INSERT INTO {table} ({named}) VALUES ({places})", rows)  # noqa: S608 - our own names
            return
        with connection.wrap_database_errors, cursor.copy(f"COPY {table} ({named}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)


def insert_all(instances: Sequence[Model]) -> None:
    """Add these instances of one model; those without a primary key get theirs from the database and are not told."""
    if not instances:
        return
    of = instances[0]._meta  # noqa: SLF001 - Django's own way to a model's fields
    fields = [field for field in of.local_concrete_fields if instances[0].pk or not field.primary_key]
    writing = [(field.attname, _writer(field)) for field in fields]
    rows = [[write(getattr(one, name)) for name, write in writing] for one in instances]
    insert(of.db_table, [str(field.column) for field in fields], rows)


def numbers(model: type[Model], count: int) -> range | list[int]:
    """So many primary keys that nobody else will get. In a transaction."""
    table = model._meta.db_table  # noqa: SLF001 - as above
    with connection.cursor() as cursor:
        if connection.vendor != "postgresql":
            cursor.execute("SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = %s", [table])
            last = cursor.fetchall()[0][0]
            return range(last + 1, last + 1 + count)
        cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [table, count])
        return [number for (number,) in cursor.fetchall()]


def _writer(field: Field[Any, Any]) -> Callable[[Any], Any]:
    """What makes a value of this field into one for the database."""
    if isinstance(field, UUIDField) and not connection.features.has_native_uuid_field:
        return lambda value: value.hex
    if isinstance(field, DateTimeField):
        return connection.ops.adapt_datetimefield_value
    return _same


def _same(value: Any) -> Any:
    return value
