"""How many tokens a text is, roughly. No endpoint tells its tokenizer, and a budget needs a number before the call."""


def estimated_tokens(text: str) -> int:
    """Four ASCII characters, or one other character, each; rounded up."""
    plain = len(text.encode("ascii", "ignore"))
    return -(-plain // 4) + len(text) - plain
