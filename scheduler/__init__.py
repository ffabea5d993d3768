"""Time and rules: what is due, for whom, when, and why.

Pure but for `wake`: nothing here reads a clock, makes an id, does I/O or awaits.

The words of this room, one per thing, from table to button:

- *case*: one household threatened with eviction, followed by one procedure;
- *episode*: a stretch of a case from a report (or a reopening) to a closing, with its own clock;
- *step*: what a procedure asks of a person; *question*: what an open step asks right now;
- *answer*: what a person chose; *stimulus*: anything that can happen to a case;
- *event*: what is written to history; *message*: what a person must be told because of it;
- *due*: a moment at which a case wakes by itself; *W1 … Wn*: the working days of the clock;
- *item*: a dated action or agreement; *holder*: the person a step was handed to directly.
"""
