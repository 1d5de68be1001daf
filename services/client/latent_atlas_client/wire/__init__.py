"""JSON, server-sent events, arguments and retries: the parts that both clients share."""
