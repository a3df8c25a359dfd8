"""Hostile requests against a real hub process on a socket: ``python -m tests.fuzz --requests 20000 --seed 7``.

Four callers throw what :mod:`hostile` makes, while hypothesis draws bundles (:mod:`drawn`) and schemathesis makes right and
wrong requests of the described interface (:mod:`described`). Now and then comes a good batch, which must be taken in as ever.
Afterwards the database is read, and every response in it judged by :mod:`kiosk.fhir`: nothing may be there that does not fit
its survey, that is kept under another id than its own, or that is there twice. The last line says how it went; a seed throws
the same kinds of requests again.
"""
