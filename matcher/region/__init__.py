"""The built-in region: a small Oulu region written by hand, and what grows a larger one from it.

No person, company or school in these files exists; municipalities and codes do.
"""
