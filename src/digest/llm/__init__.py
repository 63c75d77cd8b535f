"""Models behind OpenAI-compatible endpoints. The only folder that imports openai."""

from digest.llm.address import base_url
from digest.llm.base import Answer, FailureReason, Model, ModelError, Purpose, Question
from digest.llm.endpoint import DayModel, Endpoint, Mode, open_models
from digest.llm.prompts import Prompt, load_prompt
from digest.llm.schema import schema_text, strict_schema

__all__ = [
    "Answer",
    "DayModel",
    "Endpoint",
    "FailureReason",
    "Mode",
    "Model",
    "ModelError",
    "Prompt",
    "Purpose",
    "Question",
    "base_url",
    "load_prompt",
    "open_models",
    "schema_text",
    "strict_schema",
]
