"""What is owed to others: the month's return, the month's report, on paper and by mail."""
