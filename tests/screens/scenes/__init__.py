"""One module per role or feature; each function marked with `scene` is one screen."""
