"""Discriminator against two-sample network, and the stretch of the latent space, in numbers.

`agreement` and `calibration` are plain numerics, `figures` has one function for each figure of
`services.contracts.runs.judges`, `opinions` asks the judges for what these read.
"""
