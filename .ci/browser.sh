#!/bin/sh
# Installs what tests/test_browser.py needs: Debian's Chromium, and html-validate from npm.
# Playwright itself comes with the test extra; it drives the Chromium found here and downloads none.
# Prints the exports that the tests read; use it as: eval "$(.ci/browser.sh)"
# What cannot be installed here is told on standard error, and its tests are skipped.
set -eu

skipped() { echo "$1; tests that need it are skipped" >&2; }

found_chromium() { command -v chromium || command -v chromium-browser; }

if ! found_chromium >/dev/null; then
    if ! command -v apt-get >/dev/null; then
        skipped "No Chromium, and no apt-get to install it with"
    elif [ "$(id -u)" != 0 ]; then
        skipped "No Chromium, and only root can install it (apt-get install chromium)"
    elif ! { apt-get update -q &&
        DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends \
            chromium fonts-dejavu-core fonts-noto-core; } >&2; then
        skipped "Chromium could not be installed"
    fi
fi
if found_chromium >/dev/null; then
    echo "export CHROMIUM='$(found_chromium)'"
fi

if command -v npm >/dev/null; then
    validator="${XDG_CACHE_HOME:-$HOME/.cache}/dragoman-html-validate"
    if [ ! -x "$validator/node_modules/.bin/html-validate" ]; then
        mkdir -p "$validator"
        npm install --prefix "$validator" --loglevel=error --no-audit --no-fund --no-save \
            html-validate@10 >&2 ||
            skipped "html-validate could not be installed"
    fi
    if [ -x "$validator/node_modules/.bin/html-validate" ]; then
        echo "export HTML_VALIDATE='$validator/node_modules/.bin/html-validate'"
    fi
else
    skipped "No npm, so no html-validate"
fi
