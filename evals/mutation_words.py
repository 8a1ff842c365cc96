"""Words with which true claims are falsified, by language.

They are chosen without regard to the word lists of the checker: a falsification a checker was
told of beforehand proves little.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

NEGATABLE: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "en": frozenset(
            [
                "is",
                "are",
                "was",
                "were",
                "has",
                "have",
                "had",
                "will",
                "would",
                "can",
                "could",
                "should",
                "must",
                "may",
                "might",
                "does",
                "did",
            ]
        ),
        "de": frozenset(
            [
                "ist",
                "sind",
                "war",
                "waren",
                "hat",
                "haben",
                "hatte",
                "hatten",
                "wird",
                "werden",
                "wurde",
                "wurden",
                "sei",
                "habe",
                "werde",
                "kann",
                "könnte",
                "soll",
                "sollte",
                "muss",
                "müsse",
                "will",
                "würde",
            ]
        ),
    }
)
"""Finite verbs after which a negation can be put."""

NOT: Mapping[str, str] = MappingProxyType({"en": "not", "de": "nicht"})

NEGATIONS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "en": {"not": "", "no": "a", "never": "always", "n't": "", "nothing": "something",
               "nobody": "somebody", "none": "some", "without": "with", "cannot": "can"},
        "de": {"nicht": "", "kein": "ein", "keine": "eine", "keinen": "einen", "keinem": "einem",
               "keiner": "einer", "keines": "eines", "nie": "immer", "niemals": "stets",
               "niemand": "jemand", "nichts": "etwas", "ohne": "mit"},
    }
)  # fmt: skip
"""What is left of a negated word when the negation goes."""

MODALS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "en": {"could": "will", "may": "will", "might": "will", "can": "must", "should": "will",
               "possibly": "certainly", "perhaps": "surely", "probably": "definitely"},
        "de": {"könnte": "wird", "könnten": "werden", "dürfte": "wird", "dürften": "werden",
               "kann": "muss", "können": "müssen", "könne": "werde", "sollte": "wird",
               "sollten": "werden", "möglicherweise": "sicher", "vielleicht": "zweifellos",
               "wahrscheinlich": "sicher"},
    }
)  # fmt: skip
"""Modal words and what raises them to a certainty or a duty."""

OPPOSITES: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "en": {
            "supports": "opposes", "support": "oppose", "supported": "opposed",
            "supporting": "opposing", "condemned": "praised", "condemn": "praise",
            "rejected": "accepted", "rejects": "accepts", "reject": "accept",
            "criticized": "praised", "criticised": "praised", "welcomes": "deplores",
            "welcomed": "deplored", "agreed": "refused", "agree": "refuse", "denied": "confirmed",
            "denies": "confirms", "deny": "confirm", "accused": "acquitted", "opposes": "backs",
            "opposed": "backed", "warned": "promised", "warns": "promises", "refused": "agreed",
            "approved": "vetoed", "endorsed": "denounced", "increase": "decrease",
            "increased": "decreased", "more": "less", "against": "for", "before": "after",
            "after": "before", "improve": "worsen", "strengthen": "weaken", "allow": "forbid",
            "allowed": "forbade", "demanded": "waived", "insisted": "denied",
        },
        "de": {
            "unterstützt": "bekämpft", "unterstützen": "bekämpfen", "unterstütze": "ablehne",
            "unterstützte": "bekämpfte", "verurteilt": "gelobt", "verurteilte": "lobte",
            "verurteilten": "lobten", "abgelehnt": "angenommen", "lehnt": "nimmt",
            "lehnte": "nahm", "ablehnen": "annehmen", "kritisiert": "gelobt",
            "kritisierte": "lobte", "kritisierten": "lobten", "begrüßt": "bedauert",
            "begrüßte": "bedauerte", "zugestimmt": "widersprochen", "dementiert": "bestätigt",
            "dementierte": "bestätigte", "bestritt": "bestätigte", "bestreitet": "bestätigt",
            "zurückgewiesen": "bestätigt", "wies": "erkannte", "beschuldigt": "entlastet",
            "beschuldigte": "entlastete", "beschuldigten": "entlasteten", "weigerte": "bereitfand",
            "erlaubt": "verboten", "erlaubte": "verbot", "erlauben": "verbieten",
            "warnte": "versprach", "warnt": "verspricht", "gewarnt": "versprochen",
            "drohte": "versprach", "erhöhen": "senken", "mehr": "weniger", "gegen": "für",
            "vor": "nach", "nach": "vor", "bevor": "nachdem", "nachdem": "bevor",
            "verbessern": "verschlechtern", "stärken": "schwächen", "forderte": "verbot",
            "fordert": "verbietet", "forderten": "verboten", "gefordert": "verboten",
        },
    }
)  # fmt: skip
"""Words of a stand or direction and their opposites."""

MONTHS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "en": ("January", "February", "March", "April", "June", "July", "August", "September",
               "October", "November", "December"),
        "de": ("Januar", "Februar", "März", "April", "Juni", "Juli", "August", "September",
               "Oktober", "November", "Dezember"),
        "fr": ("janvier", "février", "mars", "avril", "juin", "juillet", "août", "septembre",
               "octobre", "novembre", "décembre"),
    }
)  # fmt: skip

WEEKDAYS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
        "de": ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"),
        "fr": ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
    }
)

NUMBER_WORDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "en": ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "twelve",
               "million", "billion"),
        "de": ("zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn", "zwölf",
               "Millionen", "Milliarden"),
    }
)  # fmt: skip

FILLERS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "en": ("really", "completely", "secretly", "once again", "in part", "only", "deadly",
               "under pressure", "the so-called"),
        "de": ("wirklich", "vollständig", "heimlich", "erneut", "teilweise", "nur", "tödlich",
               "unter Druck", "sogenannten"),
        "fr": ("vraiment", "complètement", "en secret", "encore", "en partie", "seulement"),
    }
)  # fmt: skip
"""Words that can be slipped into a quote."""

STRANGERS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "en": ("Henrik Solberg", "Maria Fonseca", "Tomas Havel", "Ingrid Larsen", "Paul Okafor"),
        "de": ("Henrik Solberg", "Maria Fonseca", "Tomas Havel", "Ingrid Larsen", "Paul Okafor"),
        "fr": ("Henrik Solberg", "Maria Fonseca", "Tomas Havel", "Ingrid Larsen", "Paul Okafor"),
    }
)
"""Names of nobody in particular."""

PLACES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "en": ("Ottawa", "Lisbon", "Nairobi", "Norway", "Chile", "Helsinki", "Kenya", "Portugal"),
        "de": ("Ottawa", "Lissabon", "Nairobi", "Norwegen", "Chile", "Helsinki", "Kenia",
               "Portugal"),
        "fr": ("Ottawa", "Lisbonne", "Nairobi", "Norvège", "Chili", "Helsinki", "Kenya"),
    }
)  # fmt: skip
"""Places to put in the place of others."""
