"""Reports on the graph as static pages, written from a checkout into `docs/`."""
