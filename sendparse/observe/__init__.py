"""From tagged cells, cards and sentences to observations."""
