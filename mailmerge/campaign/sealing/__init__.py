"""From messages that were checked to a run, and what is sealed and remembered with them."""
