"""Films of a training: its snapshots or its class maps, one epoch after the other, as GIF or MP4.

`pictures` draws the frames one by one, `encoder` writes them to a file as they come, `film_maker` decides
which epochs a film shows and makes it beside the event loop. No film is ever whole in memory.
"""
