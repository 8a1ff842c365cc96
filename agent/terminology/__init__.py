"""Terminology set right: glossaries, names, and the corrected article.

Imports are left to the modules, so that a command that needs one of them loads only that one.
"""
