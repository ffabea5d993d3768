"""Time and rules: what is due, for whom, when, and why; no clock, no I/O."""
