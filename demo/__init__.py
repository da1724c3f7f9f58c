"""The demonstration: a cast and a few dozen cases, made by the real actions; nothing of it is imported by tongban/."""

from demo.load import load
from demo.people import cast

__all__ = ["cast", "load"]
