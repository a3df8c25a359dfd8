"""What the kiosk costs, measured beside what it could be compared with, in one run on one machine: `make bench`.

Every comparison alternates A and B, so that a machine that grows slow is slow for both. The figures are medians with the
smallest and the largest.
"""
