"""A night with a real model, from the listing to the site."""

import json

from nights import claims, record


def test_a_small_night_ends_with_a_site(blog, relay):
    """Whether its cards hold is not the model's to say: what fails the checks is extractive, and marked so."""
    blog.environ |= {
        "OPENAI_API_KEY": "unused",
        "DIGEST__SELECTION__SCAN": "4",
        "DIGEST__SELECTION__PICK": "2",
        "DIGEST__SELECTION__ALSO": "2",
        "DIGEST__READING__FULL_TEXT": "false",
        "DIGEST__MODEL__PROVIDER": "openai",
        "DIGEST__MODEL__BASE_URL": relay.base_url,
        "DIGEST__MODEL__NAME": "smollm2",
        "DIGEST__MODEL__CONCURRENCY": "1",
        "DIGEST__MODEL__TIMEOUT": "300",
        # Such a model rambles until it is stopped.
        "DIGEST__MODEL__EXTRA": json.dumps({"temperature": 0, "max_tokens": 200}),
    }
    built = blog("build", "--date", str(blog.day))
    assert built.status in (0, 1), built.stderr
    assert (blog.folder / "public/index.html").is_file()
    assert blog.post.is_file()

    found = record(blog)
    answered = [body for status, body in relay.answers if status == 200]
    assert answered
    assert found["usage"]["prompt_tokens"] == sum(body["usage"]["prompt_tokens"] for body in answered)
    for paper in found["papers"]:
        for card in paper["cards"].values():
            assert card["filled_by"] == "model" or card["reason"]
            assert all(claim["evidence"] for claim in claims(card))

    assert blog("check").status == 0
