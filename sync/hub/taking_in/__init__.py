"""Responses on their way in: judged by their own survey version, kept once, flat and as they came; also from a stick."""
