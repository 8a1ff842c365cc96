"""Writes the README's brief from the recorded run on the sample article; --check only compares."""

from __future__ import annotations

import contextlib
import re
import sys
from pathlib import Path

from dragoman import Article, Dragoman, render
from dragoman.evals.systems import neutral_settings
from dragoman.recording import ReplayTransport

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "README.md"
ARTICLE = Path("examples/lukaschenko-xi.de.txt")
RECORDING = ROOT / "evals/recordings/de-lukaschenko-xi.jsonl"

_SAMPLE = re.compile(r"(?<=<!-- sample -->\n).*?(?=<!-- /sample -->)", re.DOTALL)


def sample() -> str:
    """The brief as `dragoman brief` prints it, as a block of Markdown.

    Its seconds are those that the model took when it was recorded.
    """
    transport = ReplayTransport(RECORDING)
    with contextlib.chdir(ROOT):
        article = Article.from_path(ARTICLE)
    brief = Dragoman(neutral_settings(replay=RECORDING), transport=transport).brief(article)
    run = brief.run.model_copy(update={"seconds": round(transport.seconds, 3)})
    shown = render(brief.model_copy(update={"run": run}), article)
    return f"```text\n{shown.rstrip()}\n```\n"


def current() -> str:
    """The brief that the README shows."""
    found = _SAMPLE.search(PAGE.read_text("utf-8"))
    return found.group() if found else ""


def main() -> int:
    """Write the brief into the README, or with --check compare it; the exit code."""
    wanted = sample()
    if "--check" in sys.argv[1:]:
        if current() != wanted:
            print("README.md is stale: run python docs/build_sample.py", file=sys.stderr)  # noqa: T201
            return 1
        return 0
    PAGE.write_text(_SAMPLE.sub(lambda _: wanted, PAGE.read_text("utf-8")), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
