"""Mail merge that people in HR can trust: one message per person, each seen, checked, and sent once."""

__version__ = "0.1.0"
