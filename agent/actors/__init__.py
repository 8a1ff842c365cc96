"""Who is who in an article: mentions of the same actor gathered under one entry."""

from dragoman.actors.cast import Cast
from dragoman.actors.entries import Entry

__all__ = ["Cast", "Entry"]
