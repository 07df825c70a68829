"""What goes in and out: trusts files, staff lists and networks as CSV or XLSX, and tables for downloads."""
