"""The face of Kier: people, Telegram and the clock; it holds no rule and says no SQL."""
