"""A post arranged for its page: what is seen at once, what folds, and nothing lost."""
