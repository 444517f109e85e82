"""Mail merge that people in HR can trust: one message per person, each seen, checked, and sent once."""
