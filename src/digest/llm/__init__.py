"""Models behind OpenAI-compatible endpoints. The only folder that imports openai."""

from digest.llm.base import Answer, FailureReason, Model, ModelError, Purpose, Question
from digest.llm.prompts import Prompt, load_prompt

__all__ = [
    "Answer",
    "FailureReason",
    "Model",
    "ModelError",
    "Prompt",
    "Purpose",
    "Question",
    "load_prompt",
]
