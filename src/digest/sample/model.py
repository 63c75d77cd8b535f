"""The bundled model under an httpx2 client, in place of the network."""

import json
from typing import Any

import httpx2

from digest.sample.answers import NoAnswer, answer
from digest.tokens import estimated_tokens

MODEL = "bundled sample answers"
"""The name that it is asked by; pages show it as the model's."""
MODEL_URL = "https://model.invalid/v1"
"""Where it is asked. The name exists nowhere (RFC 2606): what gets past the transport fails."""


class SampleModel(httpx2.BaseTransport):
    """A chat-completions endpoint whose answers are bundled; nothing leaves the process.

    Tokens are counted as `digest.tokens` estimates them, from the prompt that came and the answer that goes.
    """

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """A completion; 404 for what is not bundled, with the reason."""
        if request.method != "POST" or not request.url.path.endswith("/chat/completions"):
            return _refused(request, "there is only POST /chat/completions")
        body: dict[str, Any] = json.loads(request.read())
        if body["model"] != MODEL:
            return _refused(request, f"the demo has no model but {MODEL!r}")
        try:
            said = answer(body["messages"], body.get("response_format", {}).get("json_schema", {}).get("schema", {}))
        except NoAnswer as none:
            return _refused(request, f"nothing is bundled: {none}")
        return httpx2.Response(200, json=_completion(body, json.dumps(said, ensure_ascii=False)), request=request)


def _completion(body: dict[str, Any], content: str) -> dict[str, Any]:
    prompt = sum(estimated_tokens(message["content"]) for message in body["messages"])
    written = estimated_tokens(content)
    usage = {"prompt_tokens": prompt, "completion_tokens": written, "total_tokens": prompt + written}
    message = {"role": "assistant", "content": content}
    return {
        "id": "chatcmpl-sample",
        "object": "chat.completion",
        "created": 0,
        "model": MODEL,
        "choices": [{"index": 0, "message": message, "finish_reason": "stop"}],
        "usage": usage | {"prompt_tokens_details": {"cached_tokens": 0}},
    }


def _refused(request: httpx2.Request, why: str) -> httpx2.Response:
    error = {"message": why, "type": "invalid_request_error", "code": "no_sample_answer"}
    return httpx2.Response(404, json={"error": error}, request=request)
