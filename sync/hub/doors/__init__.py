"""Where machines knock: plain views over msgspec, each a function from a request to a FHIR or JSON reply.

A door decodes, asks the rules in :mod:`sync.hub`, and encodes. What is wrong is said as an OperationOutcome (FHIR) or an OAuth
error, with a sentence for the device's log. No page, no session, no cookie; a bearer token where a device must be known.
"""
