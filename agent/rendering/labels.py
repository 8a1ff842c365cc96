"""The words around a brief's content, in the language of the brief."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Final

FALLBACK: Final = "en"


class Labels:
    """The words of one language, looked up as `labels["meetings"]` or `labels["act", "deny"]`."""

    def __init__(self, language: str, words: Mapping[str, str | Mapping[str, str]]) -> None:
        self.language = language
        self._words = words

    def __getitem__(self, key: str | tuple[str, str]) -> str:
        """The word for a key, or for a value of one of the codebook's word lists.

        Raises:
            KeyError: for a key that no language has, which is a mistake in the program.
        """
        if isinstance(key, str):
            word = self._words[key]
        else:
            group = self._words[key[0]]
            if isinstance(group, str):
                raise KeyError(key)
            word = group[key[1]]
        if not isinstance(word, str):
            raise KeyError(key)
        return word


@cache
def all_words() -> Mapping[str, Mapping[str, str | Mapping[str, str]]]:
    """The words of every language there is, by language code."""
    text = files(__package__).joinpath("labels.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def labels_for(language: str) -> Labels:
    """The words of a language (ISO 639-1), or the English ones where it has none."""
    words = all_words()
    known = language if language in words else FALLBACK
    return Labels(known, words[known])
