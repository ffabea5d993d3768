"""Rehearsals: a case told moment by moment, read from a file and played on the whole bot.

The real conversations, engine, storage, inbox and outbox; no network, and a clock that jumps from
moment to moment. `bot/rehearse.py` is the command.
"""
