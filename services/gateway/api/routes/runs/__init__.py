"""Calls about trainings and experiments."""
