"""What an assistive technology sees of a running program: its tree, read over D-Bus from another process.

The interfaces are those of at-spi2-core: Accessible, Component, Action, Text, Value. Calls go out many at a time.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from jeepney import (
    DBusAddress,
    HeaderFields,
    MatchRule,
    Message,
    MessageType,
    Properties,
    message_bus,
    new_method_call,
)
from jeepney.io.blocking import open_dbus_connection

from tests.at_spi import PATIENCE_SECONDS, Desktop

AT_ONCE = 150
"""Calls that are under way together."""
STATES = {4: "checked", 7: "editable", 11: "focusable", 12: "focused", 25: "showing", 41: "checkable"}
"""The bits of AT-SPI's state set that are asked for here (atspi-constants.h)."""
_ATSPI, _REGISTRY, _ROOT = "org.a11y.atspi.", "org.a11y.atspi.Registry", "/org/a11y/atspi/accessible/root"


@dataclass
class Node:
    """One accessible: what a screen reader knows of it. `said` is the text of a box, or the value of a slider."""

    owner: str
    path: str
    name: str = ""
    description: str = ""
    role: str = ""
    states: frozenset[str] = frozenset()
    place: tuple[int, int, int, int] = (0, 0, 0, 0)
    """x, y, width, height on the screen, in pixels."""
    said: str = ""
    actions: tuple[str, ...] = ()
    children: Sequence[Node] = field(default_factory=tuple)

    def __iter__(self) -> Iterator[Node]:
        """This and all below it, in the order of the tree."""
        yield self
        for child in self.children:
            yield from child

    def is_a(self, *states: str) -> bool:
        return self.states >= set(states)


@dataclass(frozen=True)
class Detail:
    """Something to ask of a node: a property (no `method`) or a call, and how its reply is to be read."""

    name: str
    interface: str
    method: str
    read: Callable[[Any], Any]
    signature: str | None = None
    arguments: tuple[object, ...] = ()

    def asked_of(self, node: Node) -> Message:
        address = DBusAddress(node.path, node.owner, _ATSPI + self.interface)
        if not self.method.startswith("Get"):
            return Properties(address).get(self.method)
        return new_method_call(address, self.method, self.signature, self.arguments)


def _states(reply: Any) -> frozenset[str]:
    bits = reply[0][0] | reply[0][1] << 32
    return frozenset(word for bit, word in STATES.items() if bits >> bit & 1)


ROLE = Detail("role", "Accessible", "GetRoleName", lambda reply: reply[0])
STATE = Detail("states", "Accessible", "GetState", _states)
CHILDREN = Detail("children", "Accessible", "GetChildren", lambda reply: [Node(*child) for child in reply[0]])
NAME = Detail("name", "Accessible", "Name", lambda reply: reply[0][1])
DESCRIPTION = Detail("description", "Accessible", "Description", lambda reply: reply[0][1])
PLACE = Detail("place", "Component", "GetExtents", lambda reply: reply[0], "u", (0,))
ACTIONS = Detail("actions", "Action", "GetActions", lambda reply: tuple(name for name, *_ in reply[0]))
WORDS = Detail("said", "Text", "GetText", lambda reply: reply[0], "ii", (0, -1))
VALUE = Detail("said", "Value", "CurrentValue", lambda reply: f"{reply[0][1]:g}")
DETAILS = {
    "application": (NAME,),
    "filler": (),
    "frame": (NAME, DESCRIPTION, PLACE),
    "panel": (NAME, DESCRIPTION, PLACE),
    "label": (NAME, DESCRIPTION, PLACE),
    "heading": (NAME, DESCRIPTION, PLACE),
    "text": (NAME, DESCRIPTION, PLACE, ACTIONS, WORDS),
    "slider": (NAME, DESCRIPTION, PLACE, ACTIONS, VALUE),
}
"""What is asked, by role; of all others OTHERS."""
OTHERS = (NAME, DESCRIPTION, PLACE, ACTIONS)


class Reader:
    """Reads programs on the desktop's accessibility bus, and acts on them, as a screen reader does."""

    def __init__(self, desktop: Desktop) -> None:
        with open_dbus_connection(desktop.session_bus) as session:
            asked = new_method_call(DBusAddress("/org/a11y/bus", "org.a11y.Bus", "org.a11y.Bus"), "GetAddress")
            address = session.send_and_get_reply(asked, timeout=PATIENCE_SECONDS).body[0]
        self._bus = open_dbus_connection(address)
        self._heard: deque[Message] = deque()
        registry = DBusAddress("/org/a11y/atspi/registry", _REGISTRY, _REGISTRY)
        self._register(new_method_call(registry, "RegisterEvent", "s", ("object:state-changed:showing",)))

    def _register(self, asked: Message) -> None:
        """The bus may have started two registries at one moment: one of them leaves without a reply, and the other stays."""
        until = time.monotonic() + PATIENCE_SECONDS
        while True:
            try:
                self._send([asked])
            except AssertionError:
                if time.monotonic() > until:
                    raise
            else:
                return

    def close(self) -> None:
        self._bus.close()

    def program(self) -> Node:
        """The tree of the one program that shows a window; waits for it. Raises TimeoutError."""
        until = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < until:
            desktop = Node(_REGISTRY, _ROOT)
            self._ask({CHILDREN: [desktop]})
            self._ask({CHILDREN: desktop.children})
            for program in desktop.children:
                if program.children:
                    return self.read(program)
        raise TimeoutError("No program has shown itself on the accessibility bus.")

    def wait_for(self, fact: Callable[[Node], bool], what: str) -> Node:
        """The program's tree, once `fact` holds of it. Raises TimeoutError naming `what`."""
        until = time.monotonic() + PATIENCE_SECONDS
        tree = self.program()
        while not fact(tree):
            if time.monotonic() > until:
                raise TimeoutError(f"{what} did not come. There is: {', '.join(map(repr, words_in(tree)))}")
            tree = self.program()
        return tree

    def read(self, root: Node) -> Node:
        """`root` with all that is below it, as it is now. What is not showing is read no further."""
        level: list[Node] = [root]
        wanted: dict[Detail, list[Node]] = {}
        while level:
            self._ask({ROLE: level, STATE: level, CHILDREN: level})
            showing = [node for node in level if node.is_a("showing")]
            for node in showing:
                for detail in DETAILS.get(node.role, OTHERS):
                    wanted.setdefault(detail, []).append(node)
            level = [child for node in showing for child in node.children]
        self._ask(wanted)
        return root

    def act(self, node: Node, action: str = "Press") -> None:
        """Do to `node` what a switch or a screen reader's key does."""
        assert action in node.actions, f"{node.role} {node.name!r} can only {node.actions}"
        address = DBusAddress(node.path, node.owner, _ATSPI + "Action")
        (done,) = self._send([new_method_call(address, "DoAction", "i", (node.actions.index(action),))])
        assert done == (True,), f"{node.role} {node.name!r} did not take {action}"

    def listen(self) -> None:
        """From now on keep what shows itself."""
        rule = MatchRule(type="signal", interface=_ATSPI + "Event.Object", member="StateChanged")
        self._send([message_bus.AddMatch(rule)])
        self._heard.clear()

    def said_at_once(self) -> list[str]:
        """What a reader says of its own accord of what has shown itself since it listens: notifications."""
        self.program()  # what was sent before these replies is here with them
        sent = [message for message in self._heard if message.body[:2] == ("showing", 1)]
        fields = [message.header.fields for message in sent]
        nodes = [Node(field[HeaderFields.sender], field[HeaderFields.path]) for field in fields]
        self._heard.clear()
        self._ask({ROLE: nodes, NAME: nodes})
        return [node.name for node in nodes if node.role == "notification"]

    # --- the bus ---------------------------------------------------------------------------------------------------

    def _ask(self, wanted: dict[Detail, Sequence[Node]] | dict[Detail, list[Node]]) -> None:
        """Each detail of each of its nodes, written into the node."""
        pairs = [(detail, node) for detail, nodes in wanted.items() for node in nodes]
        for (detail, node), reply in zip(pairs, self._send([d.asked_of(n) for d, n in pairs]), strict=True):
            setattr(node, detail.name, detail.read(reply))

    def _send(self, calls: Sequence[Message]) -> list[Any]:
        """The replies' bodies, in the order of `calls`; many are under way together."""
        replies: dict[int, Any] = {}
        waiting: dict[int, int] = {}
        queue = deque(enumerate(calls))
        while queue or waiting:
            if queue and len(waiting) < AT_ONCE // 2:
                batch = [queue.popleft() for _ in range(min(len(queue), AT_ONCE))]
                serials = [next(self._bus.outgoing_serial) for _ in batch]
                self._bus.sock.sendall(b"".join(call.serialise(at) for at, (_, call) in zip(serials, batch, strict=True)))
                waiting.update({at: number for at, (number, _) in zip(serials, batch, strict=True)})
            message = self._bus.receive(timeout=PATIENCE_SECONDS)
            serial = message.header.fields.get(HeaderFields.reply_serial, -1)
            if serial in waiting:
                assert message.header.message_type is not MessageType.error, message.body
                replies[waiting.pop(serial)] = message.body
            else:
                self._heard.append(message)
        return [replies[number] for number in range(len(calls))]


def words_in(tree: Node) -> list[str]:
    """All that a reader reads out: names, descriptions and what boxes hold."""
    return list(dict.fromkeys(words for node in shown(tree) for words in (node.name, node.description, node.said) if words))


def shown(tree: Node, role: str = "", name: str = "") -> Iterable[Node]:
    """What shows, of that role, so named; every role and name where they are not given."""
    return (node for node in tree if node.is_a("showing") and role in {"", node.role} and name in {"", node.name})
