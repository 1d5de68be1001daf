"""Pictures and arrays as files, the same in every service."""
