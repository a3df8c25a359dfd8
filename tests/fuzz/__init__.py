"""Hostile requests against a real hub process on a socket: ``python -m tests.fuzz --requests 20000 --seed 7``.

Four callers throw what :mod:`hostile` makes, and now and then a good batch, which must be taken in as ever. Afterwards the
database is read and every response in it judged by :mod:`kiosk.fhir`: nothing may be there that does not fit its survey or
is kept under another id. The last line says how it went; a seed throws the same requests again.
"""
