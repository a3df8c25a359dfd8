"""Staff: accounts, roles, invitations, the second step, other sign-in services, sessions, and the record of what they did."""
