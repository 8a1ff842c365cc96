"""Takes the picture of the HTML page for the README.

    dragoman show brief.json article.txt -o page.html
    python docs/picture.py page.html docs/page.png

Needs Chromium (`/usr/bin/chromium`, or the path in CHROMIUM) and Playwright.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

WIDTH, HEIGHT = 1280, 1000


def take(page_file: Path, picture: Path, lit: str = "#w1") -> None:
    """Open the page with one item lit, from the top, and write what is seen as PNG."""
    with sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"),
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        page = browser.new_page(
            viewport={"width": WIDTH, "height": HEIGHT}, device_scale_factor=1.5
        )
        page.goto(page_file.resolve().as_uri())
        page.eval_on_selector_all(
            f"{lit}, [data-links~='{lit[1:]}']", "all => all.forEach(e => e.classList.add('lit'))"
        )
        page.screenshot(path=picture)
        browser.close()


if __name__ == "__main__":
    take(Path(sys.argv[1]), Path(sys.argv[2]), *sys.argv[3:])
