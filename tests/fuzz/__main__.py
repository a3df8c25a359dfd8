"""``python -m tests.fuzz --requests 20000 --seed 7``: exit 0 when the hub stood firm."""

from __future__ import annotations

import argparse
import sys

from tests.fuzz.rounds import play


def main() -> int:
    parser = argparse.ArgumentParser(prog="tests.fuzz", description="Throw hostile requests at a real hub.")
    parser.add_argument("--requests", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    result = play(asked.requests, asked.seed)
    for fault in result.faults[:20]:
        print(fault)  # noqa: T201
    print("Replies: " + ", ".join(f"{number} x {status}" for status, number in sorted(result.statuses.items())))  # noqa: T201
    print(result)  # noqa: T201
    return 1 if result.faults else 0


if __name__ == "__main__":
    sys.exit(main())
