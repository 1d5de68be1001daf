"""Data sets to send: folders packed as one zip."""
