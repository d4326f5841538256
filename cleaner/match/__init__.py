"""From a view and the rules to claims: who wants what, and why."""
