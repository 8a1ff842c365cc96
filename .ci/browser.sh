#!/bin/sh
# Installs what tests/test_browser.py needs: Debian's Chromium, and html-validate from npm.
# Playwright itself comes with the test extra; it drives the Chromium found here and downloads none.
# Prints the exports that the tests read; use it as: eval "$(.ci/browser.sh)"
# What cannot be installed here is told on standard error, and its tests are skipped.
set -eu

if ! command -v chromium >/dev/null 2>&1; then
    if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
        apt-get update -q >&2
        apt-get install -y -q --no-install-recommends chromium fonts-dejavu-core fonts-noto-core >&2
    else
        echo "No chromium, and it cannot be installed without apt-get and root" >&2
    fi
fi
if command -v chromium >/dev/null 2>&1; then
    echo "export CHROMIUM='$(command -v chromium)'"
fi

if command -v npm >/dev/null 2>&1; then
    validator="${TMPDIR:-/tmp}/dragoman-html-validate"
    if [ ! -x "$validator/node_modules/.bin/html-validate" ]; then
        mkdir -p "$validator"
        npm install --prefix "$validator" --no-audit --no-fund --no-save html-validate@10 >&2
    fi
    echo "export HTML_VALIDATE='$validator/node_modules/.bin/html-validate'"
else
    echo "No npm, so no html-validate" >&2
fi
