"""What we ask: questionnaires as frozen values, with no web and no database in them."""
