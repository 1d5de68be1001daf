"""Real images on the map: for held-out images the nearest point of the latent space.

`neighbours` finds the nearest of many images, `gauss_newton` refines a point, `search` does both for the
images of a data set, `coverage` says which classes the map lacks.
"""
