"""Who a pronoun or a quotation without a tag of its own goes back to."""

from __future__ import annotations

from dataclasses import dataclass, field

from dragoman.language import LanguageData
from dragoman.schemas.vocabulary import ActorKind


@dataclass(frozen=True, slots=True)
class Mention:
    """A name that a later pronoun may stand for."""

    name: str
    kind: ActorKind | None
    gender: str | None
    plural: bool
    spoke: bool = True


@dataclass(slots=True)
class Memory:
    """What has been mentioned so far, the latest last.

    Attributes:
        subjects: who was subject of a cue or of a sentence.
        document: whose document was cited last.
    """

    subjects: list[Mention] = field(default_factory=list)
    document: str | None = None

    def remember(self, mention: Mention) -> None:
        """Note a subject; only the latest few can be meant by a pronoun."""
        self.subjects = [m for m in self.subjects if m.name != mention.name][-7:]
        self.subjects.append(mention)

    def last(self, *, person: bool = False) -> str | None:
        """The latest subject of all, or the latest person if there is one."""
        people = [mention for mention in self.subjects if mention.kind == "person"]
        subjects = people if person and people else self.subjects
        return subjects[-1].name if subjects else None

    def resolve(self, pronoun: str, data: LanguageData) -> str | None:
        """The name a pronoun stands for: the latest subject that agrees with it."""
        wanted = data.pronouns.get(pronoun) or data.object_pronouns.get(pronoun)
        for mention in reversed(self.subjects):
            if wanted is not None and _agrees(mention, wanted):
                return mention.name
        return None


def _agrees(mention: Mention, wanted: str) -> bool:
    person = mention.kind in ("person", None) and not mention.plural
    if wanted == "he":
        # German "er" also goes back to a masculine noun: "der Kreml … er".
        masculine = mention.gender == "male" and mention.spoke and not mention.plural
        return masculine or (person and mention.gender not in ("female", "neuter"))
    if wanted == "she":
        return person and mention.gender != "male"
    if wanted == "it":
        return mention.kind != "person" and not mention.plural
    if wanted == "they":
        return mention.plural or mention.kind not in ("person", None)
    if wanted == "she_or_they":
        return mention.gender != "male" and (person or mention.gender == "female" or mention.plural)
    return wanted == "speaker"
