"""A folder of articles to a generation that is served: plan, build, gate, serve, history, watch."""
