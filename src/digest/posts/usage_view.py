"""What the cards of a day cost, in words. What an endpoint does not tell is unknown, and never zero."""

from digest.labels import Labels
from digest.models import TokenUsage
from digest.posts.escaping import markdown

_SIGNS = {"USD": "$", "CNY": "¥", "EUR": "€", "GBP": "£"}


def tokens(usage: TokenUsage, label: Labels) -> str:
    """How many tokens went to and fro, `92,254`."""
    return label("post.unknown") if usage.tokens is None else f"{usage.tokens:,}"


def cost(usage: TokenUsage, label: Labels) -> str:
    """The cost with its currency as Markdown, `¥0.0300`, or that it is unknown."""
    if usage.cost is None:
        return label("post.cost_unknown")
    amount = f"{usage.cost:.4f}" if usage.cost >= 0.0001 or not usage.cost else f"{usage.cost:.10f}".rstrip("0")
    sign = _SIGNS.get(usage.currency or "")
    return markdown(f"{sign}{amount}" if sign else f"{amount} {usage.currency or ''}")


def usage_line(usage: TokenUsage, label: Labels) -> str:
    """Calls, tokens and cost; empty where no model was asked."""
    if not usage.calls:
        return ""
    spent = label("post.cost_unknown") if usage.cost is None else label("post.cost", cost=cost(usage, label))
    told = label("post.tokens_unknown") if usage.tokens is None else label("post.tokens", n=tokens(usage, label))
    return label("post.comma").join([label("post.calls", n=usage.calls), told, spent])
