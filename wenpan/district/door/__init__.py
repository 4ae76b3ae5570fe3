"""The firms' own door: a process of its own with only these addresses (`wenpan serve --door PORT`).

Returns, matters and other firms cannot be reached from it: no other address resolves. Off by default.
"""
