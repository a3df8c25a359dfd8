"""Pictures of every page of the hub: ``python -m tests.hub_pictures OUT_DIR [--only PART]``.

A hub after a year of use, seen by an administrator: every page at three widths, light and dark.
"""

from __future__ import annotations

import argparse
import re
import tempfile
import threading
from pathlib import Path

from sync.hub.config import HubConfig
from sync.hub.serve import listen
from sync.hub.start import set_up
from tests.browser import WIDTHS, signed_in
from tests.chromium import opened
from tests.hub_people import Hub
from tests.hub_rights import ADMIN, shown_to
from tests.lived_in import live_in


def main() -> None:
    """Draw what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", default="", help="pages whose address holds this")
    wanted = parser.parse_args()
    wanted.folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as data:
        set_up(HubConfig(data=Path(data), port=0))
        server = listen(HubConfig(data=Path(data), port=0))
        threading.Thread(target=server.run, daemon=True).start()
        ids, hub = live_in(), Hub(f"http://127.0.0.1:{server.effective_port}")
        addresses = [one for one in shown_to(ADMIN, ids) if wanted.only in one]
        count = draw(hub, addresses, wanted.folder)
    print(f"{count} pictures in {wanted.folder}")  # noqa: T201 - what the script is for


def draw(hub: Hub, addresses: list[str], folder: Path) -> int:
    """Each page at each width, light and dark; how many pictures that made."""
    count, ada = 0, hub.staff("Ada.Admin", "administrator")
    with opened() as browser:
        for scheme in ("light", "dark"):
            for width in WIDTHS:
                page = signed_in(browser, ada, color_scheme=scheme, viewport={"width": width, "height": 900})
                for address in addresses:
                    page.goto(address)
                    name = re.sub(r"[^a-z0-9]+", "-", address.lower()).strip("-") or "home"
                    page.screenshot(path=folder / f"{name}-{width}-{scheme}.png", full_page=True)
                    count += 1
                page.context.close()
    return count


if __name__ == "__main__":
    main()
