"""The exact bytes: headers and parts as a scanner of its own reads them."""
