"""Workbooks as they show: XLSX, XLS and OpenDocument."""
