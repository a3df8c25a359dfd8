"""One page for each kind of screen a person can stand before."""
