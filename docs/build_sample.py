"""Writes the brief of the sample article, from its recorded run, into the README and sample.md.

With --check only tells if they are stale.
"""

from __future__ import annotations

import contextlib
import re
import sys
from pathlib import Path

from dragoman import Article, Dragoman, render
from dragoman.evals.systems import neutral_settings
from dragoman.recording import ReplayTransport

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
PAGE = ROOT / "docs/sample.md"
ARTICLE = Path("examples/lukaschenko-xi.de.txt")
RECORDING = ROOT / "evals/recordings/de-lukaschenko-xi.jsonl"

LINES = 9
"""Lines of each section that the README shows."""

INTRODUCTION = """\
# A brief

<!-- Written by docs/build_sample.py from a recorded run of the embedded model. -->

What `dragoman brief examples/lukaschenko-xi.de.txt` prints:

"""

_SAMPLE = re.compile(r"(?<=<!-- sample -->\n).*?(?=<!-- /sample -->)", re.DOTALL)


def sample() -> str:
    """The brief as `dragoman brief` prints it.

    Its seconds are those that the model took when it was recorded.
    """
    transport = ReplayTransport(RECORDING)
    with contextlib.chdir(ROOT):
        article = Article.from_path(ARTICLE)
    brief = Dragoman(neutral_settings(replay=RECORDING), transport=transport).brief(article)
    run = brief.run.model_copy(update={"seconds": round(transport.seconds, 3)})
    return render(brief.model_copy(update={"run": run}), article).rstrip()


def shortened(text: str) -> str:
    """The first lines of each section."""
    sections = [section.splitlines() for section in text.split("\n\n")]
    return "\n\n".join(
        "\n".join(lines if len(lines) <= LINES + 1 else [*lines[:LINES], "  …"])
        for lines in sections
    )


def pages() -> dict[Path, str]:
    """Each page as it should be."""
    text = sample()
    block = f"```text\n{shortened(text)}\n```\n"
    return {
        README: _SAMPLE.sub(lambda _: block, README.read_text("utf-8")),
        PAGE: f"{INTRODUCTION}```text\n{text}\n```\n",
    }


def main() -> int:
    """Write the pages, or with --check compare them; the exit code."""
    for file, wanted in pages().items():
        if "--check" not in sys.argv[1:]:
            file.write_text(wanted, "utf-8")
        elif not file.exists() or file.read_text("utf-8") != wanted:
            print(f"{file.name} is stale: run python docs/build_sample.py", file=sys.stderr)  # noqa: T201
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
