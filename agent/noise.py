"""Finds lines that are not part of the article: links to other stories, forms, prompts, credits.

Two kinds of signals are used: phrases of web pages (`data/noise.toml`), and structure, such as
a line of menu cells, a line of nothing but a date, or a headline in the middle of an article
that nothing after it takes up. Neither knows anything of an article's matter.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Final

from dragoman.headlines import ends_like_sentence, find_links

LINK: Final = "link to another story"
COMMENT: Final = "comment form"
READERS: Final = "readers' comments"
BUTTON: Final = "share or page button"
PROMPT: Final = "newsletter, channel or subscription prompt"
MENU: Final = "menu or page furniture"
TIME: Final = "time stamp"
BYLINE: Final = "byline"
PICTURE: Final = "picture credit"
CREDIT: Final = "reporter or translation credit"
AGENCY: Final = "agency credit"

_SHORT_WORDS = 14
_LAST_BYLINE = 5
_LONGEST_NOTICE = 25
_WORDS = re.compile(r"[^\W_]+(?:[-'’.][^\W_]+)*|[&©]")
_CELLS = re.compile(r"\s*[|>»›·•→]\s*|\s{2,}|\t|\s[/–—-]\s")
_UNSEEN = {ord("’"): "'", 0xAD: None, 0x200B: None, 0x200C: None, 0x200D: None, 0xFEFF: None}
"""Soft hyphens and other characters of no width are nothing to the phrases."""

_BULLETS = " \t►▶>»›•·–—-*[(→⇒+▪■●✓👉📌🔴|:"
_QUOTATION_MARKS = frozenset('"„“”«»')
_SPACED = re.compile(r"\b(?:[^\W\d_] ){3,}[^\W\d_]\b")
"""A word set in spaced letters: "A N Z E I G E"."""

_COUNT = re.compile(r"^\d[\d.,]*\s?[km]?\s+|\s*\(?\d+$")
_CLOCK = re.compile(r"\d{1,2}[:.h]\d{2}")
_DATE = re.compile(r"\b\d{1,4}[./-]\d{1,2}[./-]\d{2,4}\b|\b(?:19|20)\d\d\b")
_BYLINE = re.compile(
    r"(?:von|by|par|text von|ein beitrag von|eine analyse von|analysis by)\s", re.IGNORECASE
)
_BYLINE_SMALL_WORDS = frozenset(
    ("and", "und", "et", "in", "for", "für", "the", "der", "die", "de", "da", "di", "van", "von")
)


@dataclass(frozen=True)
class _Phrases:
    whole: Mapping[str, str]
    starts: Mapping[str, Sequence[tuple[str, str, bool]]]
    """By first word: phrase, reason, whether the line has to be short."""
    contains: Sequence[tuple[str, str]]
    verbs: frozenset[str]
    persons: frozenset[str]
    channels: frozenset[str]
    dates: frozenset[str]
    bylines: frozenset[str]
    agencies: frozenset[str]
    labels: frozenset[str]
    symbols: tuple[str, ...]


def find_noise(lines: Sequence[str]) -> tuple[str | None, ...]:
    """Return for each paragraph why it is not part of the article, or None if it is.

    Args:
        lines: the paragraphs of the article in order, without surrounding white space.
    """
    reasons = [_reason(line, number) for number, line in enumerate(lines)]
    _mark_link_lists(lines, reasons)
    for number in find_links(lines, reasons):
        reasons[number] = LINK
    _mark_readers_comments(lines, reasons)
    return tuple(reasons)


def sentence_noise(sentence: str) -> str | None:
    """Return why one sentence of a longer paragraph is not part of the article, or None if it is.

    Known are credits, such as "Foto: Reuters.", and links that start as links do.
    """
    words = _words(sentence)
    if not 0 < len(words) <= _LONGEST_NOTICE:
        return None
    folded = _folded(sentence)
    if len(words) <= _SHORT_WORDS and _explicit_credit(folded, words):
        return PICTURE
    return LINK if _phrase_reason(folded, words, sentence) == LINK else None


def is_caption(line: str) -> bool:
    """Tell whether a paragraph is the caption of a picture."""
    folded = _folded(line)
    label, colon, _ = folded.partition(":")
    if colon and _is_label(label):
        return True
    if "©" in line[1:]:
        return len(line) < _LONGEST_CAPTION
    return len(line) < _LONGEST_CAPTION and any(side in folded for side in _SIDES)


_LONGEST_CAPTION = 600
_LONGEST_CREDIT = 10
_CREDITS = ("credit", "credits", "nachweis", "rechte", "quelle", "source")
"""Ends of labels after which nothing but a source follows."""
_SYMBOLIC = ("illustrati", "symbolbild", "symbolfoto", "photo d'illustration")
"""Beginnings of labels of pictures that show nothing of the article."""
_BY = (
    "©",
    "photo by",
    "foto von",
    "bild von",
    "image by",
    "picture by",
    "picture from",
    "photo de",
    "photos by",
)
_SIDES = (
    "(links)", "(rechts)", "(l.)", "(r.)", "(mitte)", "(left)", "(right)", "(center)", "(centre)",
    "(l)", "(r)", "(à gauche)", "(à droite)", "(archiv)", "(archivbild)", "(archivfoto)",
    "(file photo)", "(von links)", "(from left)", "(de gauche à droite)",
)  # fmt: skip


def _reason(line: str, number: int) -> str | None:
    words = _words(line)
    if all(word.isdigit() for word in words):
        return MENU
    folded = _folded(line)
    return (
        _phrase_reason(folded, words, line)
        or _menu_reason(line, words, number)
        or _credit_reason(folded, words, line)
        or _time_reason(words, line)
        or _byline_reason(words, line, number)
        or _prompt_reason(words, line)
    )


def _words(line: str) -> list[str]:
    return _WORDS.findall(line.casefold())


def _folded(line: str) -> str:
    folded = " ".join(line.casefold().translate(_UNSEEN).split()).lstrip(_BULLETS)
    return _SPACED.sub(lambda spaced: spaced.group().replace(" ", ""), folded)


def _phrase_reason(folded: str, words: Sequence[str], line: str) -> str | None:
    phrases = _phrases()
    whole = phrases.whole.get(_label(folded))
    if whole:
        return whole
    short = len(words) <= _SHORT_WORDS and (line.endswith("?") or not ends_like_sentence(line))
    for phrase, reason, needs_short in phrases.starts.get(_first_word(folded), ()):
        if (short or not needs_short) and _starts(folded, phrase):
            return reason
    if len(words) <= _LONGEST_NOTICE and not _QUOTATION_MARKS & set(line):
        for phrase, reason in phrases.contains:
            if phrase in folded:
                return reason
    return None


def _label(folded: str) -> str:
    """Return a line without final marks and without a count, as in "Kommentare (12)"."""
    label = folded.rstrip(" :.!…)]>»›→*?↓▼")
    return _COUNT.sub("", label) or label or folded


def _first_word(folded: str) -> str:
    return folded.split(" ", 1)[0].rstrip(":,")


def _starts(folded: str, phrase: str) -> bool:
    if not folded.startswith(phrase):
        return False
    rest = folded[len(phrase) :]
    return not rest or not phrase[-1].isalnum() or not rest[0].isalnum()


def _menu_reason(line: str, words: Sequence[str], number: int) -> str | None:
    """Recognise lines made of cells: a bread-crumb trail, buttons, a form's fields."""
    if len(words) > _LONGEST_NOTICE:
        return None
    cells = [cell for cell in _CELLS.split(line) if _words(cell)]
    if len(cells) < 2:
        return None
    whole = _phrases().whole
    known = [reason for cell in cells if (reason := whole.get(_label(_folded(cell))))]
    if known and not ends_like_sentence(line):
        return known[0]
    if number and any(_is_clocked(cell) for cell in cells):
        return TIME
    if len(cells) >= 3 and all(len(_words(cell)) <= 3 for cell in cells):
        return None if ends_like_sentence(line) else MENU
    if len(cells) >= 2 and all(len(_words(cell)) <= 5 for cell in cells):
        return TIME if number and any(_is_time(_words(cell), cell) for cell in cells) else None
    return None


def _is_clocked(cell: str) -> bool:
    """Whether a cell is a date with a time of day, and nothing else to speak of."""
    words = _words(cell)
    return (
        len(words) <= _LONGEST_STAMP and _CLOCK.search(cell) is not None and _is_time(words, cell)
    )


_LONGEST_STAMP = 10


def _credit_reason(folded: str, words: Sequence[str], line: str) -> str | None:
    if len(words) > 60:
        return None
    if any(folded.startswith(symbol) for symbol in _phrases().symbols):
        return PICTURE
    if _explicit_credit(folded, words):
        return PICTURE
    if words and all(word in _phrases().agencies for word in words) and len(words) <= 6:
        return AGENCY
    return _trailing_credit(folded)


def _explicit_credit(folded: str, words: Sequence[str]) -> bool:
    """Recognise "Foto: dpa", "Photo by Jane Roe" and captions too short to say anything."""
    label, colon, rest = folded.partition(":")
    if colon and label.startswith(_SYMBOLIC) and len(words) <= _SHORT_WORDS:
        return True
    if colon and _is_label(label) and label.endswith(_CREDITS):
        return len(words) <= _SHORT_WORDS
    if colon and _is_label(label):
        described = [word for word in _words(rest) if word not in _phrases().agencies]
        return len(described) <= 4
    return folded.startswith(_BY) and len(words) <= _LONGEST_CREDIT


def _is_label(text: str) -> bool:
    """Tell whether a text is a label of a picture, such as "Foto" or "Foto/Quelle"."""
    return all(part.strip() in _phrases().labels for part in text.split("/"))


def _trailing_credit(folded: str) -> str | None:
    """Recognise a line that ends in an explicit picture credit: "… (Foto: Getty)"."""
    opening = folded.rfind("(", -60)
    if opening == -1 or not folded.rstrip(". ").endswith(")"):
        return None
    label, colon, _ = folded[opening + 1 :].partition(":")
    return PICTURE if colon and _is_label(label) else None


def _time_reason(words: Sequence[str], line: str) -> str | None:
    stamp = _MASTHEAD.split(line)[0] if len(words) <= _LONGEST_NOTICE else line
    words = _words(stamp)
    return TIME if 0 < len(words) <= 16 and _is_time(words, stamp) else None


_MASTHEAD = re.compile(
    r"\s(?:source|author|editor|quelle|autor|autorin|redaktion|auteur)\s?:", re.IGNORECASE
)
"""Who wrote a text or where it is from, behind its date."""


def _is_time(words: Sequence[str], line: str) -> bool:
    """Tell whether nothing but a date or a time of day is said, bar one word."""
    if not any(character.isdigit() for character in line):
        return False
    names = [word for word in words if not word[0].isdigit()]
    known = [word for word in names if word in _phrases().dates]
    dated = bool(_DATE.search(line) or _CLOCK.search(line)) or len(known) >= 2
    allowed = 1 if len(words) > 3 else 0
    return dated and len(names) - len(known) <= allowed


def _byline_reason(words: Sequence[str], line: str, number: int) -> str | None:
    """Recognise "Von Maria Muster, Berlin" and "Reporter @handle"."""
    if len(words) > 10 or ends_like_sentence(line):
        return None
    if re.search(r"(?:^|\s)@\w", line) and len(words) <= 6:
        return BYLINE
    if number <= _LAST_BYLINE and _phrases().bylines.intersection(words):
        return BYLINE
    match = _BYLINE.match(line)
    if number > _LAST_BYLINE or not match:
        return None
    names = re.findall(r"[^\s,;/&|]+", line[match.end() :])
    small = [name for name in names if not name[0].isupper()]
    if names and len(names) > len(small) and all(name in _BYLINE_SMALL_WORDS for name in small):
        return BYLINE
    return None


def _prompt_reason(words: Sequence[str], line: str) -> str | None:
    """Recognise "Follow us on …": an imperative first, then us or you, and a channel."""
    if len(words) > _LONGEST_NOTICE or _QUOTATION_MARKS & set(line):
        return None
    phrases = _phrases()
    # "Want to know more? Subscribe to …": the imperative may open any sentence of the line.
    opening = [word for part in _SENTENCES.split(line) for word in _words(part)[:1]]
    if phrases.verbs.isdisjoint(opening):
        return None
    if any(word in phrases.persons for word in words):
        channels = (part for word in words for part in (word, word.rpartition("-")[2]))
        channel = not phrases.channels.isdisjoint(channels)
        return PROMPT if channel else None
    return PROMPT if len(words) <= 8 and "newsletter" in words else None


_SENTENCES = re.compile(r"(?<=[.?!])\s")


def _mark_link_lists(lines: Sequence[str], reasons: list[str | None]) -> None:
    """Mark the headlines that follow a line such as "Mehr zum Thema" as links, too."""
    listing = False
    for number, line in enumerate(lines):
        if reasons[number] == LINK:
            listing = any(_label(_folded(cell)) in _phrases().whole for cell in _CELLS.split(line))
        elif reasons[number] is None:
            words = len(_words(line))
            item = line[0] in _BULLETS and words <= _LONGEST_NOTICE
            listing = listing and (item or (words <= 20 and not ends_like_sentence(line)))
            if listing:
                reasons[number] = LINK


def _mark_readers_comments(lines: Sequence[str], reasons: list[str | None]) -> None:
    """Mark what follows a comment form near the end as written by readers."""
    lengths = [
        len(line) if reason is None else 0 for line, reason in zip(lines, reasons, strict=True)
    ]
    total, read, form = sum(lengths), 0, False
    for number, length in enumerate(lengths):
        read += length
        if reasons[number] == COMMENT and read >= 0.7 * total:
            form = True
        elif form and reasons[number] is None:
            reasons[number] = READERS


@cache
def _phrases() -> _Phrases:
    file = resources.files("dragoman") / "data" / "noise.toml"
    data = tomllib.loads(file.read_text(encoding="utf-8"))

    def folded(words: Sequence[str]) -> list[str]:
        return [word.casefold() for word in words]

    prompt, agencies, dates, bylines = (
        data.pop(table) for table in ("prompt", "agencies", "dates", "bylines")
    )
    whole: dict[str, str] = {}
    starts: dict[str, list[tuple[str, str, bool]]] = {}
    contains: list[tuple[str, str]] = []
    for reason, group in data.items():
        whole.update(dict.fromkeys(folded(group.get("whole", ())), reason))
        contains.extend((phrase, reason) for phrase in folded(group.get("contains", ())))
        for how in ("starts", "short"):
            for phrase in folded(group.get(how, ())):
                cleaned = phrase.lstrip(_BULLETS) or phrase
                entry = (cleaned, reason, how == "short")
                starts.setdefault(_first_word(cleaned), []).append(entry)
    return _Phrases(
        whole=whole,
        starts=starts,
        contains=contains,
        verbs=frozenset(folded(prompt["verbs"])),
        persons=frozenset(folded(prompt["persons"])),
        channels=frozenset(folded(prompt["channels"])),
        dates=frozenset(folded(dates["words"])),
        bylines=frozenset(folded(bylines["words"])),
        agencies=frozenset(folded(agencies["names"])),
        labels=frozenset(folded(agencies["labels"])),
        symbols=tuple(folded(agencies["symbols"])),
    )
