"""What it means: data frames in, data frames out. Knows nothing of the web, the database or the questionnaire."""
