"""Who was meant: typed names and positions found to be people of the roster, or one another."""
