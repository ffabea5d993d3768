"""What people type, turned into values: pure functions, no I/O, no clock, no text raises.

The moment and the calendar's zone are arguments. What cannot be read with certainty comes back as
a value that says so; asking again is the conversations' business.
"""
