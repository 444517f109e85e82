"""The wire: connections, commands and their replies, one recipient in each transaction (RFC 5321, RFC 2920)."""
