"""From a table to a campaign: how the table is read, which letter it gets, and the file that keeps both."""
