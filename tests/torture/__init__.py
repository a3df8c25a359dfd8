"""Torture: a kiosk being tapped, a network that fails and a hub, each killed at random moments; nothing lost, nothing doubled.

``python -m tests.torture --rounds 500 --seed 7``. The kiosk and the hub are processes of their own and end by SIGKILL; between
them stands a proxy that loses replies, cuts them, answers in the hub's place or sends things twice. What a patient was thanked
for is written down the moment "Thank you" stands on the screen, what was answered so far the moment the next page does, and
both are compared with the hub after the last round.
"""
