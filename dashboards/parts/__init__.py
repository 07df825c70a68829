"""Parts that every dashboard page is put together from."""
