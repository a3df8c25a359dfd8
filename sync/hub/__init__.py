"""The hub: the centre that ships here. Devices, surveys, responses and the results that lead to change.

The rooms: :mod:`doors` is where machines knock (FHIR R4, pairing, tokens, health), :mod:`pages` is what staff see, and the
modules beside them are the rules both use. Django serves; surveys and answers are judged by :mod:`kiosk`'s core alone, the
same code the device runs. Nothing of the device half, no Qt. Answers are never logged.
"""
