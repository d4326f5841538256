"""The first step: from bytes to a `Document` with its format, protected zones, markup and links."""
