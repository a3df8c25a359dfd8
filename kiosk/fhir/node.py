"""A JSON object of a questionnaire, read member by member: what is malformed is noted, never raised."""

from collections.abc import Iterator, Mapping
from typing import Final

from kiosk.fhir.faults import Fault, Severity

ANY_ELEMENT: Final = frozenset({"id", "extension", "modifierExtension", "fhir_comments"})
INTEGER_BITS: Final = 31


class Node:
    """One object, where it stands (`path`), the item it belongs to (`link_id`), and the list its faults go to."""

    __slots__ = ("data", "faults", "link_id", "path")

    def __init__(self, data: Mapping[str, object], path: str, faults: list[Fault], link_id: str = "") -> None:
        self.data = data
        self.path = path
        self.faults = faults
        self.link_id = link_id

    def fault(self, code: str, predicate: str, at: str = "", severity: Severity = "error") -> None:
        """Note a fault: `predicate` completes a sentence that begins with this node's item; `at` is a member's path."""
        path = f"{self.path}.{at}" if at else self.path
        self.faults.append(Fault(path, self.link_id, severity, code, f"{self.subject} {predicate}"))

    @property
    def subject(self) -> str:
        """What a sentence about this node is about."""
        if self.link_id:
            return f'Item "{self.link_id[:80]}"'
        return "The questionnaire" if "." not in self.path else f"The part at {self.path}"

    def has(self, name: str) -> bool:
        """Whether the object has this member, whatever it is."""
        return name in self.data

    def text(self, name: str) -> str:
        """A FHIR string; empty when it is not there or malformed."""
        value = self.data.get(name, "")
        if isinstance(value, str) and (value.strip() or name not in self.data):
            return value
        self.fault("structure", f"must have words in {name}, not {kind_of(value)}.", name)
        return ""

    def boolean(self, name: str) -> bool:
        """A boolean; False when it is not there or malformed."""
        value = self.data.get(name, False)
        if isinstance(value, bool):
            return value
        self.fault("structure", f"must have true or false in {name}, not {kind_of(value)}.", name)
        return False

    def whole(self, name: str, least: int = 0) -> int | None:
        """A FHIR integer of at least `least`; None when it is not there or malformed."""
        value = self.data.get(name)
        if isinstance(value, int) and not isinstance(value, bool) and least <= value < 1 << INTEGER_BITS:
            return value
        if name in self.data:
            self.fault("value", f"must have a whole number of at least {least} in {name}, not {kind_of(value)}.", name)
        return None

    def child(self, name: str) -> "Node | None":
        """An object member."""
        value = self.data.get(name)
        if isinstance(value, dict):
            return Node(value, f"{self.path}.{name}", self.faults, self.link_id)
        if name in self.data:
            self.fault("structure", f"must have an object in {name}, not {kind_of(value)}.", name)
        return None

    def children(self, name: str) -> list["Node"]:
        """The objects of an array member."""
        value = self.data.get(name)
        if name not in self.data:
            return []
        if not isinstance(value, list) or not value:
            self.fault("structure", f"must have a list with something in it in {name}, not {kind_of(value)}.", name)
            return []
        return list(self._objects(name, value))

    def _objects(self, name: str, values: list[object]) -> Iterator["Node"]:
        for index, value in enumerate(values):
            if isinstance(value, dict):
                yield Node(value, f"{self.path}.{name}[{index}]", self.faults, self.link_id)
            else:
                self.fault("structure", f"must have objects in {name}, not {kind_of(value)}.", f"{name}[{index}]")

    def members(self, prefix: str) -> list[str]:
        """The names of a choice element that are there: ``valueInteger`` for ``value``."""
        return [name for name in self.data if name.startswith(prefix) and name[len(prefix) : len(prefix) + 1].isupper()]

    def extensions(self, *urls: str) -> list["Node"]:
        """The extensions with one of these addresses, in order. Malformed lists are noted by the scan of the extensions."""
        raw = self.data.get("extension")
        found = enumerate(raw if isinstance(raw, list) else [])
        return [
            Node(value, f"{self.path}.extension[{index}]", self.faults, self.link_id)
            for index, value in found
            if isinstance(value, dict) and value.get("url") in urls
        ]

    def extension(self, *urls: str) -> "Node | None":
        """The first extension with one of these addresses."""
        return next(iter(self.extensions(*urls)), None)

    def beside(self, name: str) -> "Node | None":
        """The object beside a primitive (``_text`` for ``text``), where its extensions are."""
        return self.child(f"_{name}")

    def only(self, names: frozenset[str], severity: Severity = "error") -> None:
        """Note members FHIR R4 does not have here: what they mean is not known, so the form cannot be asked as meant."""
        for name in self.data:
            if name not in names and name not in ANY_ELEMENT and not (name.startswith("_") and name[1:] in names):
                self.fault("structure", f"has {name[:60]!r}, which FHIR R4 does not have there.", name[:60], severity)


def kind_of(value: object) -> str:
    """A JSON value in words, for a sentence that says what was found."""
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, str):
        return repr(value[:60]) if value.strip() else "an empty string"
    if isinstance(value, list):
        return "a list" if value else "an empty list"
    if isinstance(value, dict):
        return "an object"
    return "a very large number" if isinstance(value, int) and value.bit_length() > 128 else f"the number {str(value)[:60]}"
