"""Images that come as tables of pixels: CSV, NumPy's arrays (.npz) and MNIST's own IDX files.

``sources`` recognises them by their content and gives their bytes, ``csv_file``, ``npy_file`` and
``idx_file`` read one file each, ``pairing`` says which labels belong to which images, ``arrays`` shows the
pixels, and ``reading`` puts all of it together.
"""
