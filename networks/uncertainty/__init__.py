"""How far a figure can be trusted when not everybody answered: intervals, bounds, weights, coverage and gates."""
