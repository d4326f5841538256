"""Settings that stand in files: where they are looked for, what may stand in them, and what holds where."""
