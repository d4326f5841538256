"""Kinds of files that hold many documents, one module a kind; see `cleaner.formats.container.Container`."""
