"""What happens around a client: who is responsible, what was agreed, asked, reported, running.

These facts lead the work with a person; ranking reads none of them.
"""
