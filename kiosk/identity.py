"""Ids of responses: UUID version 7 (RFC 9562, 5.7), which sort by the time they were made."""

import secrets
import time
import uuid


def new_response_id(now_ms: int | None = None) -> str:
    """A fresh id; `now_ms` is milliseconds since 1970. 74 random bits keep devices apart whatever their clocks say."""
    milliseconds = int(time.time() * 1000) if now_ms is None else now_ms
    bits = (milliseconds & (2**48 - 1)) << 80 | secrets.randbits(80)
    bits = bits & ~(0xF << 76) | 0x7 << 76
    bits = bits & ~(0x3 << 62) | 0x2 << 62
    return str(uuid.UUID(int=bits))
