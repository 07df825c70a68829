"""Mail to those invited: what is queued, when, in which words, to whom no more, and what became of it."""
