"""The campaign: everybody at the left, one message at the right, what was found below."""
