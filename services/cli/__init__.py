"""`atlas`: the whole laboratory from a terminal, over HTTP."""
