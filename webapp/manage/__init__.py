"""The pages of those who run a study: so far the first page, the studies and their waves."""
