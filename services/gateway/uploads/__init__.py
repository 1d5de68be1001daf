"""Uploaded data sets: from the bytes of an untrusted zip to arrays that the trainer can load.

``receiver`` streams the body to disk and publishes the result, ``recognising`` finds out its format,
``archive`` reads zips, ``pictures`` decodes an image, ``importing`` makes the data set. ``rules`` has the
limits, and the error for a file that breaks one.
"""
