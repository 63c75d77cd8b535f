"""What the tests of nights with a model share."""

import json
import shutil

from nights import record

KEY = "sk-canary-0123456789"
"""Of the fixture `night`; it must stand nowhere afterwards."""


def build(night, *args):
    return night("build", "--date", "2026-02-16", "--json", *args)


def cards(night, language="en"):
    return {p["paper"]["id"]: p["cards"].get(language) for p in record(night)["papers"]}


def user(body):
    return "\n".join(m["content"] for m in body["messages"] if m["role"] == "user")


def is_card(body):
    """Whether a request asks for a card."""
    asked = json.dumps(body.get("response_format", {}))
    return '"tldr"' in asked and '"gaps"' in asked


def start_over(night):
    """The blog as it was before its first build."""
    for folder in ("content", "public", ".digest"):
        shutil.rmtree(night.folder / folder, ignore_errors=True)
