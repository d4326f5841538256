"""Speed and quality, each a command of the README."""
