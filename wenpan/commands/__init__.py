"""One module per command of `wenpan`; each adds its own parser and is found by its file name."""
