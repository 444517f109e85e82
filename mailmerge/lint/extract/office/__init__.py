"""The text of office files: documents, workbooks and presentations."""
