"""Images that come as tables of pixels: CSV, NumPy's arrays (.npz) and MNIST's own IDX files.

``sources`` recognises them by their content and streams their bytes, ``csv_file``, ``npy_file`` and
``idx_file`` read one file each, ``pairing`` matches labels with images, ``arrays`` turns values into
pixels, and ``reading`` combines all of it.
"""
