"""Latent Atlas: train small-latent GANs, serve them, and explore their whole latent space."""
