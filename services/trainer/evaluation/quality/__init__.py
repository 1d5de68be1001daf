"""How close generated images are to real ones, in the features of our own frozen classifier.

Plain NumPy on features, float[n, d]; nothing here knows networks. Large sets are compared block by
block, so that memory is bounded by the block. A figure means something beside others of the same
classifier alone (Heusel et al. 2017 on their own distance), so its hash goes wherever the figures go.
"""
