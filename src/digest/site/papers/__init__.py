"""A paper and its card as its page and the feeds show them."""
