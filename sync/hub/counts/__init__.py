"""What is counted as responses come in, and what of it may be shown: sheets by day and month, at each site and everywhere."""
