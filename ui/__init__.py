"""Draws screens and reports touches. Decides nothing; Qt lives only here.

Data comes in as a :class:`kiosk.screens.Screen`, meaning goes out as a :mod:`kiosk.flow` event. A page never asks what
comes next, and no widget here knows a survey, a network or a database.
"""
