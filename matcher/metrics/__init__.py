"""How good a ranking is: pure functions over run and qrels."""
