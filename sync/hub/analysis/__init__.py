"""From counts to what a person reads: figures, comparisons with chance, charts over time, who is heard, and files of them."""
