"""Loss surfaces: a plane in the space of a network's weights, and the loss on it."""
