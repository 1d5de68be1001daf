"""The whole system on one machine without containers: starts the services as processes, in order."""
