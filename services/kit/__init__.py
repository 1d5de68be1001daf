"""What several services need: settings, logging, host names, Celery's settings, map grids, pictures."""
