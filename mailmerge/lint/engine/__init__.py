"""From a campaign to a report: every rule over everything, what may be waived, and the last gate."""
