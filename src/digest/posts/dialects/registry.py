"""Every generator that posts can be written for."""

from digest.posts.dialects.astro import ASTRO
from digest.posts.dialects.astropaper import ASTROPAPER
from digest.posts.dialects.base import Dialect
from digest.posts.dialects.fuwari import FUWARI
from digest.posts.dialects.hexo import HEXO
from digest.posts.dialects.hugo import HUGO
from digest.posts.dialects.jekyll import JEKYLL
from digest.posts.dialects.mkdocs import MKDOCS
from digest.posts.dialects.nikola import NIKOLA
from digest.posts.dialects.obsidian import OBSIDIAN
from digest.posts.dialects.pelican import PELICAN
from digest.posts.dialects.quarto import QUARTO
from digest.posts.dialects.zola import ZOLA

DIALECTS: dict[str, Dialect] = {
    dialect.name: dialect
    for dialect in (
        FUWARI,
        ASTRO,
        ASTROPAPER,
        HUGO,
        HEXO,
        JEKYLL,
        PELICAN,
        NIKOLA,
        MKDOCS,
        ZOLA,
        QUARTO,
        OBSIDIAN,
    )
}
"""By their names in `posts.dialect`."""
