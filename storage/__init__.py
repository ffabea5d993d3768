"""THE MEMORY: the only room that says SQL.

Knows scheduler's words (case, stimuli, decision), not its mind; never imports bot.
"""
