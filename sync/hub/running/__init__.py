"""Keeping a hub running: is it well, what does it do, what is kept how long, and how to get it back.

``health`` and ``metrics`` are read by programs, ``observed`` writes one line a request (as ``logs`` says); ``due`` does
what comes due, ``mail`` sends; ``backup`` saves and restores a whole hub; ``retention`` deletes what is too old, ``forgetting``
one response that somebody asks for; ``turn`` lets several hubs start one after the other.
"""
