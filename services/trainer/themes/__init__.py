"""Themes that an exported model computes: each a function of its networks, see `functions`."""
