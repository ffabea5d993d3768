"""The simulation: the real bot on one thread, with a clock and faults that a seed decides."""
