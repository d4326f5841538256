"""Tools for those who write rules: lint, tests, a look at the effect of rules, their docs, a new pack to start from."""
