"""Speed as ratios: each benchmark measures two ways of doing the same side by side, in one run."""
