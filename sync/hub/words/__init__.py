"""People's own words: read, searched, warned about, redacted, tagged; and whole responses taken away."""
