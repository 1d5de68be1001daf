"""Plumbing that every service needs: settings, logging, Redis, grid arithmetic."""
