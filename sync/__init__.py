"""From the device to the centre, and the centre itself (:mod:`sync.hub`). No Qt here.

The device half (outbox, client, courier, credentials) knows no survey: it carries finished documents. The hub half
knows surveys through :mod:`kiosk`'s core. What the two agree on stands in :mod:`sync.wire`, and only there.
"""
