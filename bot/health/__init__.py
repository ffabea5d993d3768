"""How the bot does: for a monitor by HTTP, for the coordinators in plain words."""
