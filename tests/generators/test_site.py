"""The eyes that the sites of the generators are read with."""

from generators.site import Layout, Post, Site

PAGE = r"""<!DOCTYPE html><html><head><title>T</title></head><body><nav>menu</nav><article data-post>
<h1 data-title>A &lt;b&gt; {{ x }}</h1><time data-date>2026-02-18</time><ul><li data-tag>1e5</li><li data-tag>yes</li></ul>
<div data-body><h2 id="h">One<a class="anchor" href="#h">#</a></h2><p>a
 b<br>c</p><pre>d
 e</pre>
<ul><li>x<ul><li><strong>y</strong> z</li></ul></li></ul><ol><li>n</li></ol>
<table><tr><th>k</th></tr><tr><td>a | b</td></tr></table>
<p><a href="https://example.org/">link</a> <code>--x</code> \(p &lt; q\) $5 and $6</p>
<p>A <span class="katex"><span class="katex-mathml"><math><semantics><mrow>x2</mrow>
<annotation encoding="application/x-tex">x^2</annotation></semantics></math></span><span class="katex-html">x2</span></span> B</p>
<p>
<span class="arithmatex">\(y_1\)</span><span class="math inline">z</span></p><script>no</script></div></article></body></html>"""

POST = Post("a.html", PAGE, Layout(noise="//a[@class='anchor']", drop=("./pre",)))


def test_fields_are_read_as_text() -> None:
    assert (POST.title, POST.date, POST.tags, POST.categories) == ("A <b> {{ x }}", "2026-02-18", ["1e5", "yes"], [])


def test_words_come_block_by_block_without_what_no_reader_sees() -> None:
    assert POST.lines[:6] == ["One", "a b", "c", "x", "y z", "n"]
    assert "menu" not in POST.text and "no" not in POST.lines


def test_a_formula_is_its_source_however_it_was_rendered() -> None:
    assert POST.formulas == ["p < q", "x^2", "y_1", "z"]
    assert "A ⟦x^2⟧ B" in POST.lines


def test_structure_is_read() -> None:
    assert POST.headings == [(2, "One")]
    assert POST.items == [(1, "ul", "x"), (2, "ul", "y z"), (1, "ol", "n")]
    assert POST.rows == [["k"], ["a | b"]]
    assert (POST.links, POST.code, POST.bold) == ([("link", "https://example.org/")], ["--x"], ["y"])


def test_a_list_of_posts_is_no_post() -> None:
    site = Site({"a.html": PAGE, "index.html": "<html><body><section>A</section></body></html>", "empty.html": ""})
    assert [post.path for post in site.posts] == ["a.html"]
