"""The commands that run a study: one group a file, each a noun with its verbs."""
