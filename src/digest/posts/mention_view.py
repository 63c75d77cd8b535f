"""A paper without a card as a layout sees it: in the list of what else is worth a look, was covered before, or is left out."""

from dataclasses import dataclass

from digest.config import Config
from digest.labels import Labels
from digest.models import Mention, in_language
from digest.posts.addresses import page_link
from digest.posts.escaping import code, link, markdown


@dataclass(frozen=True)
class MentionView:
    """One line of a list. Its properties are Markdown; an empty one means that there is nothing to say."""

    number: int
    mention: Mention
    config: Config
    label: Labels

    @property
    def title(self) -> str:
        """The whole title, linked to arXiv."""
        return link(self.mention.title, self.mention.link)

    @property
    def row(self) -> str:
        """The same for the cell of a table."""
        return link(self.mention.title, self.mention.link, in_cell=True)

    @property
    def page(self) -> str:
        """The whole title, linked to the paper's own page: of a paper that had its card on an earlier day."""
        return page_link(self.config, self.mention.id, self.mention.title)

    @property
    def category(self) -> str:
        """The primary category with its name, as in `cs.LG (机器学习)`."""
        return category(self.mention.primary_category, self.label)

    @property
    def reason(self) -> str:
        return markdown(self._reason)

    @property
    def reason_cell(self) -> str:
        return markdown(self._reason, in_cell=True)

    @property
    def _reason(self) -> str:
        return in_language(self.mention.reason, self.label.language) or ""

    @property
    def first(self) -> str:
        """The day of its card, where it had one."""
        return str(self.mention.first or "")

    @property
    def line(self) -> str:
        """Title, category, code and reason."""
        facts = [markdown(self.mention.primary_category)] if self.mention.primary_category else []
        facts += [link(self.label("post.code"), self.mention.code)] if self.mention.code else []
        about = self.label("post.parentheses", text=self.label("post.comma").join(facts)) if facts else ""
        return self.title + about + (self.label("post.colon") + self.reason if self.reason else "")


def category(name: str | None, label: Labels) -> str:
    """A category of arXiv with its local name, as code; the bare code of one that has none; empty for none."""
    if not name:
        return ""
    local = label.category(name)
    return code(label("post.category", code=name, name=local) if local else name)
