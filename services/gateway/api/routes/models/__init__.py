"""Calls about exported models."""
