"""Numbers and dates as the cells of a workbook show them."""
