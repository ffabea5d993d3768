"""Who says what, and what it means: pure dialogues from a scene and a message to a turn."""
