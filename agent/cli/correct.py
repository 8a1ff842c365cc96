"""`dragoman correct`: the article with wrong names and terms set right."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

if TYPE_CHECKING:
    from dragoman.article import Article
    from dragoman.schemas.brief import Correction
    from dragoman.schemas.draft import DraftCorrection
    from dragoman.terminology.correct import Corrected, Piece

    Found = Sequence[Correction | DraftCorrection]


def correct(
    article: Annotated[str, typer.Argument(help="A text or HTML file; - for stdin.")],
    glossary: Annotated[
        list[Path] | None,
        typer.Option("--glossary", "-g", help="A glossary in CSV or TBX; may be repeated."),
    ] = None,
    builtin: Annotated[
        bool,
        typer.Option(
            "--builtin-glossary/--no-builtin-glossary", help="Whether to use the starter pack."
        ),
    ] = True,
    house_style: Annotated[
        bool,
        typer.Option("--house-style", help="Apply the starter pack's preferred terms as well."),
    ] = False,
    brief: Annotated[
        Path | None,
        typer.Option("--brief", help="A brief of this article; its corrections are applied too."),
    ] = None,
    only: Annotated[
        Literal["glossary", "consistency", "model"] | None,
        typer.Option("--only", help="Only corrections that rest on this; model needs --brief."),
    ] = None,
    min_confidence: Annotated[
        float, typer.Option("--min-confidence", min=0, max=1, help="Leave out less sure ones.")
    ] = 0.0,
    quotations: Annotated[
        Literal["keep", "bracket"],
        typer.Option("--quotations", help="Keep quoted words, or add the correction in brackets."),
    ] = "keep",
    form: Annotated[
        Literal["text", "words", "diff", "html"],
        typer.Option("--format", "-f", help="Corrected text, word diff, unified diff, or a page."),
    ] = "text",
    language: Annotated[
        str | None, typer.Option("--language", help="Language of the article; default: detected.")
    ] = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="File to write.")] = None,
    colour: Annotated[
        bool | None, typer.Option("--colour/--no-colour", help="Default: if it is a terminal.")
    ] = None,
) -> None:
    """Set wrong names and terms of an article right; quotations and noise stay as they are."""
    from dragoman.article import Article
    from dragoman.errors import InputError
    from dragoman.rendering.output import deliver, terminal_style
    from dragoman.terminology.correct import correct_fully
    from dragoman.terminology.corrections import find_corrections
    from dragoman.terminology.glossary import load_glossary

    if only == "model" and brief is None:
        raise InputError(
            "corrections by the model come from a brief", remedy="Give one with --brief"
        )
    source = Article.read(article, language=language)
    glossaries = tuple(load_glossary(path) for path in glossary or ())
    from_brief = _of_brief(brief, source) if brief is not None else ()

    def find(current: Article) -> Found:
        found: Found = find_corrections(
            current, glossaries, builtin=builtin, house_style=house_style
        )
        # A brief speaks of the article as it was; for the corrected text it has nothing to say.
        chosen = (*from_brief, *found) if current is source else found
        return [
            correction
            for correction in chosen
            if only in {None, correction.origin}
            and (correction.confidence is None or correction.confidence >= min_confidence)
        ]

    corrected = correct_fully(source, find, quotations=quotations)
    _, coloured = terminal_style(output, colour)
    deliver(_rendered(corrected, form, source, colour=coloured), output)


def _of_brief(path: Path, article: Article) -> tuple[Correction, ...]:
    from dragoman.errors import InputError
    from dragoman.rendering.stored import read_brief

    brief = read_brief(path)
    if brief.source.sha256 != article.sha256:
        raise InputError(
            "the brief was made from another text", where=str(path),
            remedy="Give the brief of this article",
        )  # fmt: skip
    return brief.corrections


def _rendered(corrected: Corrected, form: str, article: Article, *, colour: bool) -> str:
    from dragoman.terminology.correct import as_html, unified_diff, word_diff

    name = article.uri or "article"
    render: dict[str, Callable[[], str]] = {
        "text": lambda: corrected.text,
        "words": lambda: _marked(word_diff(corrected.original, corrected.text), colour=colour),
        "diff": lambda: unified_diff(corrected.original, corrected.text, name),
        "html": lambda: as_html(
            word_diff(corrected.original, corrected.text), article.title or name, article.language
        ),
    }
    text = render[form]()
    return text if text.endswith("\n") or not text or form == "text" else f"{text}\n"


def _marked(pieces: Sequence[Piece], *, colour: bool) -> str:
    """Word diff with marks as `git diff --word-diff` has them, or with colours instead."""
    if colour:
        marks = {"same": "{}", "removed": "\x1b[31;9m{}\x1b[0m", "added": "\x1b[32m{}\x1b[0m"}
    else:
        marks = {"same": "{}", "removed": "[-{}-]", "added": "{{+{}+}}"}
    return "".join(marks[piece.kind].format(piece.text) for piece in pieces)
