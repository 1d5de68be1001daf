"""Uploaded data sets: from the bytes of a zip that nobody trusts to arrays that the trainer can load.

``receiving`` streams the body to disk, ``archive`` says what lies in the zip, ``pictures`` decodes one
image, ``importing`` makes the data set of them and publishes it.
"""
