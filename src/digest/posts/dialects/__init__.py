"""Second copies of posts, for other generators: one file each, in its own folders, front matter and Markdown."""

from digest.posts.dialects.base import Dialect, Post
from digest.posts.dialects.copies import Copied, copy_posts, export_folder, problems
from digest.posts.dialects.registry import DIALECTS

__all__ = ["DIALECTS", "Copied", "Dialect", "Post", "copy_posts", "export_folder", "problems"]
