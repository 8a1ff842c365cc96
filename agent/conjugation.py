"""Forms of German and English verbs, made from the infinitive and irregular principal parts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

VerbForm = Literal["present", "past", "infinitive", "participle", "progressive"]


_UNSTRESSED = (
    "be",
    "ge",
    "er",
    "ver",
    "zer",
    "ent",
    "emp",
    "miss",
    "wider",
    "unter",
    "über",
    "wieder",
)


def _german_weak(stem_infinitive: str) -> list[tuple[str, VerbForm]]:
    """Forms of a regular German verb: Duden, "schwache Konjugation"."""
    stem = stem_infinitive.removesuffix("n").removesuffix("e")
    link = "e" if stem.endswith(("d", "t", "chn", "ffn", "gn", "dm", "tm")) else ""
    augment = "" if stem.endswith("ier") or stem.startswith(_UNSTRESSED) else "ge"
    return [
        (f"{stem}{link}t", "present"),
        (stem_infinitive, "present"),
        (f"{stem}e", "present"),
        (f"{stem}{link}te", "past"),
        (f"{stem}{link}ten", "past"),
        (stem_infinitive, "infinitive"),
        (f"{augment}{stem}{link}t", "participle"),
    ]


def _german_strong(infinitive: str, forms: list[str]) -> list[tuple[str, VerbForm]]:
    third, past, past_plural, participle = forms
    stem = infinitive.removesuffix("n").removesuffix("e")
    return [
        (third, "present"),
        (infinitive, "present"),
        (f"{stem}e", "present"),
        (past, "past"),
        (past_plural, "past"),
        (infinitive, "infinitive"),
        (participle, "participle"),
    ]


def _english_weak(base: str) -> list[tuple[str, VerbForm]]:
    """Forms of a regular English verb, by the spelling rules for -e, -y and doubled letters."""
    vowels = "aeiou"
    sibilant = base.endswith(("s", "x", "z", "ch", "sh"))
    if base.endswith("e"):
        third, past, progressive = f"{base}s", f"{base}d", f"{base[:-1]}ing"
    elif base.endswith("y") and base[-2] not in vowels:
        third, past, progressive = f"{base[:-1]}ies", f"{base[:-1]}ied", f"{base}ing"
    else:
        doubled = base + base[-1] if base in _DOUBLING else base
        third = f"{base}es" if sibilant else f"{base}s"
        past, progressive = f"{doubled}ed", f"{doubled}ing"
    return [
        (base, "infinitive"),
        (base, "present"),
        (third, "present"),
        (past, "past"),
        (past, "participle"),
        (progressive, "progressive"),
    ]


_DOUBLING = frozenset(
    {"slam", "admit", "commit", "plan", "ban", "beg", "rebut", "concur", "permit", "quip"}
)


def _english_strong(base: str, forms: list[str]) -> list[tuple[str, VerbForm]]:
    third, past, participle, progressive = forms
    return [
        (base, "infinitive"),
        (base, "present"),
        (third, "present"),
        (past, "past"),
        (participle, "participle"),
        (progressive, "progressive"),
    ]


def conjugate(code: str, entry: str) -> Iterable[tuple[str, str, VerbForm, str | None]]:
    """Yield (spelling, lemma, form, particle to follow) for one entry of the data file."""
    infinitive, *forms = entry.split()
    noun, plus, verb = infinitive.rpartition("+")
    particle, bar, base = verb.rpartition("|")
    if code == "en":
        conjugated = _english_strong(base, forms) if forms else _english_weak(base)
    else:
        conjugated = _german_strong(base, forms) if forms else _german_weak(base)
    for spelling, form in conjugated:
        if not bar:
            yield spelling, infinitive, form, noun if plus else None
            continue
        if form in ("present", "past"):
            yield spelling, infinitive, form, particle
        # Joined in verb-final clauses, participles and infinitives: "aufforderte", "aufgefordert".
        yield particle + spelling, infinitive, form, None
        if form == "infinitive":
            yield f"{particle}zu{spelling}", infinitive, form, None
