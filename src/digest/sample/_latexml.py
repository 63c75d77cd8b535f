r"""A sample text as a page of arXiv's, in the shape that LaTeXML gives it.

The texts are written in a few marks, one block a paragraph, so that they can be read and changed:

    ## 3 Method                  a section; ### 3.1 Data is one below it
    - A point of a list          one line each
    $$ L = \sum_i l_i $$         a displayed formula; $l_i$ stands within a line
    Table 1: What it shows       a caption, and below it the rows
    | System | Score |
"""

import re
from collections.abc import Iterator, Sequence
from html import escape

NOTICE = (
    "This page is a sample text that was written for the demo of paper-digest. It is not the paper and was not written by "
    "its authors. What it says beyond the abstract is an illustration and no finding of theirs: read the paper itself at arXiv."
)
"""At the top of every page, before the title, where a reader of papers does not look for text."""

_PAGE = """<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"/><title>{title}</title><base href="/html/{name}/"/></head>
<body>
<nav class="ltx_page_navbar"></nav>
<div class="ltx_page_main">
<div class="ltx_page_content">
<div id="target-section" class="section"><div id="watermark-tr">arXiv:{name} [sample] 16 Feb 2026</div></div>
<article class="ltx_document ltx_authors_1line">
<div class="ltx_para ltx_noindent"><p class="ltx_p">{notice}</p></div>
<h1 class="ltx_title ltx_title_document">{title}</h1>
<div class="ltx_abstract"><h6 class="ltx_title ltx_title_abstract">Abstract</h6><p class="ltx_p">{abstract}</p></div>
{body}
</article>
</div>
<footer class="ltx_page_footer">Written for the demo of paper-digest, in the shape of a page made by LaTeXML</footer>
</div>
</body>
</html>
"""
_HEADING = re.compile(r"(#{2,3}) (.+)")
_MATH = re.compile(r"\$([^$]+)\$")
_CAPTION = re.compile(r"(Table \d+): (.+)")


def page(name: str, title: str, abstract: str, text: str) -> str:
    """The page of a sample text.

    Args:
        name: id and version, `2602.10388v1`.
        text: in the marks above.
    """
    body = "\n".join(_sections(re.split(r"\n{2,}", text.strip())))
    return _PAGE.format(name=name, title=escape(title), abstract=_inline(abstract), notice=escape(NOTICE), body=body)


def _sections(blocks: Sequence[str]) -> Iterator[str]:
    """The blocks in their sections, all with the ids that LaTeXML would number them by."""
    numbers, open_levels, paragraphs = [0, 0], 0, 0
    for block in blocks:
        heading = _HEADING.fullmatch(block)
        if not heading:
            paragraphs += 1
            yield _block(block, f"{_anchor(numbers)}.p{paragraphs}")
            continue
        level = len(heading[1]) - 1
        yield "</section>\n" * max(0, open_levels - level + 1)
        numbers = [numbers[0] + 1, 0] if level == 1 else [numbers[0], numbers[1] + 1]
        open_levels, paragraphs = level, 0
        kind = "sub" * (level - 1) + "section"
        yield f'<section id="{_anchor(numbers)}" class="ltx_{kind}">'
        yield f'<h{level + 1} class="ltx_title ltx_title_{kind}">{_inline(heading[2])}</h{level + 1}>'
    yield "</section>\n" * open_levels


def _anchor(numbers: Sequence[int]) -> str:
    section, below = numbers
    return f"S{section}.SS{below}" if below else f"S{section}"


def _block(block: str, anchor: str) -> str:
    lines = block.splitlines()
    if caption := _CAPTION.fullmatch(lines[0]):
        return _table(caption[1], caption[2], lines[1:], anchor.replace(".p", ".T"))
    if block.startswith("$$"):
        return f'<div id="{anchor}" class="ltx_para">{_equation(block.strip("$ "), anchor)}</div>'
    if all(line.startswith("- ") for line in lines):
        items = "".join(_item(line[2:], f"{anchor}.i{n}") for n, line in enumerate(lines, 1))
        return f'<div id="{anchor}" class="ltx_para"><ul class="ltx_itemize">{items}</ul></div>'
    return f'<div id="{anchor}" class="ltx_para"><p class="ltx_p">{_inline(" ".join(lines))}</p></div>'


def _item(text: str, anchor: str) -> str:
    inside = f'<div class="ltx_para"><p class="ltx_p">{_inline(text)}</p></div>'
    return f'<li id="{anchor}" class="ltx_item"><span class="ltx_tag ltx_tag_item">•</span>{inside}</li>'


def _equation(tex: str, anchor: str) -> str:
    cell = f'<td class="ltx_eqn_cell ltx_align_center">{_math(tex, "block")}</td>'
    row = f'<tr class="ltx_equation ltx_eqn_row ltx_align_baseline">{cell}</tr>'
    return f'<table id="{anchor}.E1" class="ltx_equation ltx_eqn_table"><tbody>{row}</tbody></table>'


def _table(name: str, caption: str, rows: Sequence[str], anchor: str) -> str:
    head, *others = [[cell.strip() for cell in row.strip("| ").split("|")] for row in rows]
    lines = [_row(head, "th", "ltx_th ltx_th_column"), *(_row(row, "td", "") for row in others)]
    tag = f'<span class="ltx_tag ltx_tag_table">{name}: </span>'
    title = f'<figcaption class="ltx_caption">{tag}{_inline(caption)}</figcaption>'
    body = f'<table class="ltx_tabular ltx_align_middle"><tbody>{"".join(lines)}</tbody></table>'
    return f'<figure id="{anchor}" class="ltx_table">{title}{body}</figure>'


def _row(cells: Sequence[str], tag: str, names: str) -> str:
    inside = "".join(f'<{tag} class="{f"ltx_td ltx_align_center {names}".strip()}">{_inline(cell)}</{tag}>' for cell in cells)
    return f'<tr class="ltx_tr">{inside}</tr>'


def _inline(text: str) -> str:
    """Running text, its formulae as MathML that keeps their TeX."""
    return "".join(_math(part, "inline") if n % 2 else escape(part) for n, part in enumerate(_MATH.split(text)))


def _math(tex: str, display: str) -> str:
    kept = f'<annotation encoding="application/x-tex">{escape(tex)}</annotation>'
    return (
        f'<math class="ltx_Math" alttext="{escape(tex)}" display="{display}"><semantics><mtext>{escape(tex)}</mtext>{kept}'
        "</semantics></math>"
    )
