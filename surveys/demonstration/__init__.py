"""The demonstration study: invented sites, people and ties, told through answers to the real questionnaire."""
