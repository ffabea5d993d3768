"""The promises as experiments with figures: `make prove` runs them, CI a small share of each."""
