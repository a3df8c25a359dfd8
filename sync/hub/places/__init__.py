"""Sites and their devices: joining, signing in, settings and texts they are told, and when they go quiet."""
