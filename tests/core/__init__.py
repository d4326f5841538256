"""The kernels and their twins say the same; the core is there where a compiler works, and nowhere else in the way."""
