"""The pages that people with an interview link see and fill in."""
