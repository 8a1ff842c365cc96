"""What a person sees on standard error while a brief is made."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dragoman.errors import DragomanError
    from dragoman.reading.outcome import Notify, Progress
    from dragoman.schemas.brief import Brief
    from dragoman.transport import Notice

_LEAST_DONE = 3
"""Questions after which the time left can be told."""


class Shown:
    """Progress and complaints on standard error."""

    def __init__(self, *, quiet: bool, verbose: bool) -> None:
        """Choose how much is shown: nothing, one line that is rewritten, or a line a question."""
        self._quiet = quiet
        self._verbose = verbose
        self._line = not quiet and not verbose and sys.stderr.isatty()

    def fetching(self, *, yes: bool, offline: bool) -> Callable[[str | None], Path]:
        """How the embedded model's file is got: asked for on a terminal, then with a bar.

        Args:
            yes: whether a person at the terminal is not to be asked.
            offline: whether fetching is forbidden, besides the setting.
        """

        def fetch(name: str | None) -> Path:
            from dragoman.cli.model import fetch_showing_progress
            from dragoman.embedded import entry, installed
            from dragoman.embedded.store import is_own_file
            from dragoman.errors import OfflineError
            from dragoman.settings import Settings

            settings = Settings()
            there = installed(name, settings.cache_dir) is not None or is_own_file(name)
            asks = (
                not (yes or offline or settings.offline)
                and sys.stdin.isatty()
                and sys.stderr.isatty()
            )
            if not there and asks:
                model = entry(name)
                print(  # noqa: T201 - this is the command line
                    f"There is no key and no endpoint. The embedded model {model.title} "
                    f"({model.size / 1e9:.1f} GB, {model.license}) would be fetched once.\n"
                    "Fetch it now? [Y/n] ",
                    end="",
                    file=sys.stderr,
                    flush=True,
                )
                if sys.stdin.readline().strip().lower() not in ("", "y", "yes"):
                    raise OfflineError(
                        "the embedded model is needed and was not fetched",
                        remedy="Set OPENAI_API_KEY or give --base-url to use another model",
                    )
            return fetch_showing_progress(name, offline=offline, quiet=self._quiet)

        return fetch

    @contextmanager
    def article(self, source: str, number: int, total: int) -> Iterator[Notify]:
        """Show how far the brief of one article is."""
        started = time.monotonic()
        name = "standard input" if source == "-" else source
        place = f"[{number}/{total}] {name}" if total > 1 else name

        def notify(progress: Progress) -> None:
            text = f"{place}: {progress.about}"
            if progress.total:
                text += f" ({progress.done + 1} of {progress.total})"
            if _LEAST_DONE <= progress.done < progress.total:
                passed = time.monotonic() - started
                left = passed / progress.done * (progress.total - progress.done)
                text += f", {left:.0f} s left"
            if self._verbose:
                self._say(text)
            elif self._line:
                print(f"\r\x1b[K{text[:118]}", end="", file=sys.stderr, flush=True)  # noqa: T201

        if not self._quiet and not self._verbose and not self._line:
            self._say(f"{place}: reading")
        try:
            yield notify
        finally:
            if self._line:
                print("\r\x1b[K", end="", file=sys.stderr, flush=True)  # noqa: T201

    def pausing(self, notice: Notice) -> None:
        """Show that the endpoint has to be tried again."""
        cause = notice.cause.replace("_", " ")
        text = f"{cause}: trying again in {notice.seconds:.0f} s"
        if self._verbose:
            self._say(text)
        elif self._line:
            print(f"\r\x1b[K{text}", end="", file=sys.stderr, flush=True)  # noqa: T201

    def failed(self, error: DragomanError, source: str | None = None) -> None:
        """Say that one of several articles failed; the others go on."""
        place = f"{source}: " if source and source not in str(error) else ""
        self._say(f"dragoman: error: {place}{' '.join(str(error).split())}")

    def incomplete(self, brief: Brief, source: str) -> None:
        """Say that a brief is incomplete, and why."""
        reasons = "; ".join(dict.fromkeys(gap.reason for gap in brief.gaps))
        self._say(f"dragoman: {source}: the brief is incomplete: {' '.join(reasons.split())}")

    def _say(self, text: str) -> None:
        print(text, file=sys.stderr, flush=True)  # noqa: T201
