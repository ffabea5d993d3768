"""The memory: the only room that says SQL.

Every function but `Database`'s own is a plain function on a connection, run whole inside
`database.read(unit)` or `database.write(unit)`; nothing else commits. This room knows the words of
casework (`scheduler.case`, `scheduler.decision`), not its rules; it reads no clock and makes no
random thing by itself: `now` is an argument, randomness is given to `Database.open`.
"""
