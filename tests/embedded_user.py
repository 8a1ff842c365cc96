"""A command that uses an embedded model: `embedded_user.py MODEL CACHE`, until its input ends."""

import sys
from pathlib import Path

from dragoman import embedded

if __name__ == "__main__":
    held = embedded.lease(Path(sys.argv[1]), cache_dir=Path(sys.argv[2]))
    print(held.endpoint.base_url, flush=True)  # noqa: T201
    sys.stdin.read()
    held.close()
