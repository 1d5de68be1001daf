"""Thin routers, one for each noun: they translate HTTP and delegate, and decide nothing."""
