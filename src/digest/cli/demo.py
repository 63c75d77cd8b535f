"""`digest demo`: the bundled sample day through the real pipeline, with the bundled answers as the model's."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import click

from digest.cli.edge import quiet_option
from digest.cli.progress import speaker

MARK = "# The configuration of `digest demo`: a sample day and bundled answers, no network, no key.\n"
"""What tells a demo's folder from a blog, into which no invented paper must come."""
EARLIER = "# The configuration of `digest demo`: a sample day, no network.\n"
"""The mark of demos before there were answers."""
DESCRIPTION = {
    "zh": "paper-digest 的示例站点：论文的全文样本和模型的回答都随软件附带，并非真实日报",
    "en": "The demo of paper-digest: its texts of papers and its model's answers are bundled samples, not news",
}
EDITIONS = """\
editions:
  - name: daily-papers                # the home page, the main feed and the search show the first edition
    layout: cards                     # every part of the card
    sources: [huggingface, arxiv]
    title: {zh: AI 论文日报, en: Daily AI Papers}
    category: Paper-Digest
    tags: [Daily-Papers]
    signature: {zh: 内置示例答案, en: Bundled sample answers}
  - name: insights
    layout: insights                  # idea, results, insight, takeaways; which papers were left out, and why
    sources: [huggingface, arxiv]
    title: {zh: AI 论文洞察, en: AI Paper Insights}
    category: Papers
    tags: [Insights]
    signature: {zh: 内置示例答案, en: Bundled sample answers}
    pick: 4
    must_read: 3
  - name: arxiv-daily
    layout: brief                     # a few papers as running text, the others in a table
    sources: [arxiv]
    title: {zh: ArXiv AI 日报, en: ArXiv AI Daily}
    category: ArXiv-Daily
    tags: [ArXiv]
    signature: {zh: 内置示例答案, en: Bundled sample answers}
    pick: 3
    must_read: 3
    also: 8
  - name: hf-report
    layout: report                    # how to use each paper
    sources: [huggingface]
    title: {zh: Hugging Face 每日论文报告, en: Hugging Face Daily Papers Report}
    category: HF-Report
    tags: [Hugging-Face]
    signature: {zh: 内置示例答案, en: Bundled sample answers}
    pick: 7
"""
INTRO = """\
# Written once by `digest demo`, and yours from then on: no build touches this file.
intro:
  zh: >-
    这是随软件附带的示例日。论文的编号、标题、作者和摘要中的数字是真实的（2602.99001 例外，它是虚构的撤稿论文；有一篇的标题改成了中文）；摘要另行写成，全文是为演示编写的样本，其中超出摘要的内容只作示意，不是论文的结论。卡片、概览和推荐理由是内置的示例答案（bundled
    sample answers），并非模型即时生成，但同样走完了真实流程的校验、核对与修正。请勿当作新闻引用。
  en: >-
    This is the bundled sample day. Ids, titles, authors and the figures in the abstracts are real, but for 2602.99001, an invented
    paper that was withdrawn, and one title that is given in Chinese. The abstracts are in words of our own, and the full texts are samples written for the demo: what they say beyond the abstracts is an illustration and no
    finding of the papers. Cards, overviews and reasons are bundled sample answers. No model writes them as you watch, but they
    went through the real pipeline with its validation, checks and repairs. Please do not cite them as news.
"""
LABELS = {
    "zh": """\
# 演示的页面要说清楚：所读的不是论文本身
card:
  full_text: "为演示编写的全文样本（{source}，{version}）"
  model: "内置示例答案"
site:
  full_text: "全文样本"
""",
    "en": """\
# The pages of the demo say that it is not the paper itself that was read
card:
  full_text: "a sample text written for the demo ({source}, {version})"
  model: "bundled sample answers"
site:
  full_text: "Sample text"
""",
}


@click.command(name="demo", help="Build the bundled sample day into DIR: no network, no key. Prints the path of its index.html.")
@click.argument("folder", metavar="[DIR]", type=click.Path(path_type=Path, file_okay=False), default="paper-digest-demo")
@click.option("--language", type=click.Choice(["zh", "en"]), default="zh", show_default=True, help="First language of a demo.")
@quiet_option
def command(folder: Path, language: str, quiet: bool) -> int:
    from digest.clock import Clock
    from digest.config import load
    from digest.nightly import Build, nightly
    from digest.sample import DATE, SampleModel, SampleTransport
    from digest.schedule import Request

    # not the caller's environment, which may name another model; no pause in memory only: another day asks arXiv itself
    config = load(_prepared(folder, language), {"DIGEST__SOURCES__ARXIV__INTERVAL": "0"})
    # the morning after, when the lists are settled
    clock = Clock(now=datetime.combine(DATE + timedelta(days=1), datetime.min.time(), UTC) + timedelta(hours=9))
    build = Build(Request(str(DATE)))
    with speaker(quiet) as say:
        report = nightly(config, clock, build, {}, say=say, transport=SampleTransport(), model_transport=SampleModel())
    if not report.site:
        click.echo(f"digest: {report.error or 'the site is switched off in its config'}", err=True)
        return report.exit_status or 2
    click.echo(report.site["index"])
    return report.exit_status


def _prepared(folder: Path, language: str) -> Path:
    """The config of the demo in a folder, written with the opening words of its day if there is none.

    Raises:
        UsageError: the folder belongs to a blog.
    """
    from digest.errors import UsageError
    from digest.sample import DATE
    from digest.store import write_atomic

    file, edits = folder / "config.yaml", folder / "content" / "edits" / f"{DATE}.yaml"
    if not file.exists():
        if not edits.exists():
            write_atomic(edits, INTRO)
        for name, words in LABELS.items():
            write_atomic(folder / "templates" / "labels" / f"{name}.yaml", words)
        write_atomic(file, demo_config(language))
    elif not {MARK, EARLIER} & set(file.read_text(encoding="utf-8", errors="replace").splitlines(keepends=True)):
        raise UsageError("there is another blog", where=str(folder), hint="the demo wants a folder of its own")
    return file


def demo_config(language: str) -> str:
    """The shipped configuration with the sample in place of network and model, all layouts and both languages."""
    from digest.cli.init import blog_config
    from digest.sample import MODEL, MODEL_URL

    text = MARK + blog_config(language=language)
    other = "en" if language == "zh" else "zh"
    for section, key, value in (
        ("site", "description", f'"{DESCRIPTION[language]}"'),
        ("model", "provider", "openai"),
        ("model", "base_url", MODEL_URL),
        ("model", "name", MODEL),
        ("posts", "languages", f"[{language}, {other}]"),
    ):
        text = _with(text, section, key, value)
    return re.sub(r"^editions:\n(?:[ #].*\n)+", lambda _: EDITIONS, text, count=1, flags=re.MULTILINE)


def _with(text: str, section: str, key: str, value: str) -> str:
    """A configuration with another value at the first key of that name in a section."""
    pattern = rf"(^{section}:.*\n(?:(?:[ #].*)?\n)*? +{key}: )([^\s#](?:[^#\n]*[^\s#])?)"
    return re.sub(pattern, lambda found: found[1] + value.ljust(len(found[2])), text, count=1, flags=re.MULTILINE)
