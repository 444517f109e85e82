"""Whom a campaign writes to, and whom it leaves out."""
