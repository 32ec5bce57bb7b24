"""What reviewers decided on single figures: kept in a file of its own, applied whenever the figures are made anew."""
