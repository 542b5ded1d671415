"""Real models under other engines' constraints, for `bench quality`."""
