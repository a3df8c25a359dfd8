"""A thousand kiosks that come back at once, and one that comes back after a year: ``python -m tests.stampede``.

Each simulated device is the product's own courier with its own client, decisions, back-off and signing in, in a thread of its
own, over HTTP to real hub processes. Only what it holds is in memory and not in a file: a thousand disks are not here.
One reply in fifty is lost after the hub has kept what came. Afterwards every response is looked for in the database, and
the figures that staff see are counted again from what the devices said.
"""
