"""The measures, one family a file, each with its definition and source."""
