"""`make quality`: trains the rows of the README's table of quality, and writes the table."""
