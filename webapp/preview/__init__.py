"""Every page of a questionnaire as a respondent would see it, with invented people and nothing stored."""
