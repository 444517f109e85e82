"""When it has happened: from the mail that leaked to the facts, the sheets and the campaign of apologies."""
