"""What staff see: server-rendered pages that need no script.

A page reads the request, asks the rules in :mod:`sync.hub`, and renders. Signed in or sent to sign in; changes by POST with
Django's CSRF token, then a redirect; words for people, never a traceback.
"""
