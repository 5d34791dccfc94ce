"""Answers, reports and findings in, text on a terminal out: handsome there, plain where it is piped."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console, ConsoleOptions, RenderableType
from rich.padding import Padding
from rich.segment import Segment
from rich.table import Table
from rich.text import Text

from ingest.article import Article, PublishedAt
from service.check_payload import CheckedPayload, CheckPayload, QuotePayload, ReasonPayload
from service.payload import AnswerPayload, CitationPayload, SourcePayload

if TYPE_CHECKING:  # `ask` needs neither module
    from ingest.doctor import Finding
    from ingest.pipeline import IngestReport
    from service.keys import Key

WIDEST = 100
SHOWN = 10
NEAREST = 3
QUOTED = 400  # characters of a quote below a sentence that was checked


# File names, ids and publishers may hold what would move the cursor, change colours or turn the line round.
UNPRINTABLE = dict.fromkeys([*range(32), *range(127, 160), *range(0x202A, 0x202F), *range(0x2066, 0x206A)], "\ufffd")
UNPRINTABLE |= {ord("\n"): "\n", ord("\t"): "\t"}


class _PlainConsole(Console):
    """Lets rich's own control codes through and no others."""

    def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterable[Segment]:
        for segment in super().render(renderable, options):
            yield segment if segment.control else segment._replace(text=segment.text.translate(UNPRINTABLE))


def make_console(*, stderr: bool = False) -> Console:
    """A console that never interprets what it prints: text from articles is only ever text."""
    console = _PlainConsole(stderr=stderr, markup=False, emoji=False, highlight=False)
    if console.is_terminal and console.width > WIDEST:
        console.width = WIDEST
    return console


def say(console: Console, line: str) -> None:
    """One line about what was done, never broken."""
    console.print(Text(line), soft_wrap=True)


def show_answer(console: Console, answer: AnswerPayload) -> None:
    """The answer with a number behind each sentence, and below it each footnote's words in their context."""
    console.print()
    if answer.rewritten_question:
        _write(console, Text(f"Asked as: {answer.rewritten_question}", style="dim"))
    _write(console, _answer_text(answer))
    console.print()
    for citation in answer.citations:
        source = next(one for one in answer.sources if one.id == citation.source_id)
        _write(console, _quote(citation, source), indent=4, mark=f"[{citation.number}]")
        _write(console, _origin(source), indent=4)
        console.print()
    if answer.status == "no_answer" and answer.sources:
        console.print(Text("The nearest passages:", style="bold"))
        for source in answer.sources[:NEAREST]:
            _write(console, Text(f"“{_one_line(source.passage.text, 220)}”", style="dim"), indent=2)
            _write(console, _origin(source), indent=2)
            console.print()
    for conflict in answer.conflicts:
        _write(console, Text(f"The articles disagree: {conflict}", style="yellow"))
    for warning in answer.warnings:
        _write(console, Text(warning, style="yellow"))
    _write(console, Text(_summary(answer), style="dim"))


def show_check(console: Console, check: CheckPayload) -> None:
    """Each sentence with its verdict, in a word and a colour, and below it what supports it or what is missing."""
    for one in check.sentences:
        _write(console, Text.assemble((one.verdict, _verdict_style(one)), "  ", one.text))
        if one.reasons:
            _write(console, Text(_reasons(one.reasons)), indent=4)
        for quote in one.citations or ((one.nearest,) if one.nearest else ()):
            if not one.citations or quote.quote != one.text:
                _write(console, Text(f"“{_one_line(quote.quote, QUOTED)}”", style="dim"), indent=4)
            _write(console, _quoted_from(quote), indent=4)
        console.print()
    parts = (f"{check.supported:,} supported", f"{check.unsupported:,} not", f"{check.unchecked:,} unchecked")
    summary = ", ".join(parts if check.unchecked else parts[:2])
    _write(console, Text(f"{summary}, as of {check.as_of}", style="bold"))


def show_report(console: Console, report: "IngestReport") -> None:
    """What an ingest did, with each failure and warning by name."""
    counts = f"{report.added:,} added, {report.changed:,} changed, {report.unchanged:,} unchanged"
    _write(console, Text(f"{counts}, {len(report.failed):,} failed", style="bold"))
    _write(console, Text(f"{report.passages:,} passages, {report.embedded:,} embedded, {report.seconds:.1f} seconds"))
    if report.cut:
        cut = ", ".join(f"{count:,} × {reason}" for reason, count in sorted(report.cut.items()))
        _write(console, Text(f"Left out as not the story: {cut}"))
    _list(console, "failed", [(one.location, one.reason) for one in report.failed], style="red")
    _list(console, "warning", [(one.location, one.reason) for one in report.warnings], style="yellow")


def show_articles(console: Console, articles: Iterable[Article]) -> None:
    """Each article's title, date, publisher and id: two lines on a terminal, one with tabs where it is piped."""
    if not console.is_terminal:
        for article in articles:
            about = article.metadata
            fields = (_day(about.published_at), about.publisher or "-", article.label, article.id)
            line = "\t".join(" ".join(field.split()) for field in fields)
            console.file.write(line.translate(UNPRINTABLE) + "\n")  # rich would make spaces of the tabs
        return
    for article in articles:
        _write(console, Text(article.label, style="bold" if article.metadata.title else "bold italic"))
        origin = f"  {_day(article.metadata.published_at)}, {article.metadata.publisher or 'no publisher'}, "
        console.print(Text.assemble(origin, (article.id, "dim")), soft_wrap=True)  # unbroken, for it is copied


def show_article(console: Console, article: Article) -> None:
    """An article's metadata, what was cut from it, and its text as it is cited."""
    about = article.metadata
    rows = (
        ("title", about.title or f"{article.label} (derived)"), ("subtitle", about.subtitle),
        ("publisher", about.publisher), ("author", about.author),
        ("published", about.published_at.iso if about.published_at else None), ("url", about.url),
        ("language", about.language), ("id", article.id), ("version", str(article.version)),
        ("sha256", article.sha256), ("source", article.source),
        *(("left out", f"{cut.reason}: {cut.excerpt}") for cut in article.cuts),
    )
    for name, value in rows:
        if value:
            console.print(Text.assemble((f"{name:>10}  ", "dim"), value), soft_wrap=True)
    console.print()
    _write(console, Text(article.text))


def show_service(console: Console, url: str, *, articles: int, folder: Path, keys: "Sequence[Key]") -> None:
    """Where the service is, what to paste into a page, and what to do where it has nothing to answer from."""
    say(console, f"Serving {articles:,} articles; Ctrl-C stops it.")
    if not articles:
        say(console, f"There are none yet; in another terminal, run: footnote ingest PATH --data {folder}")
    for name, path in (("ask", "/"), ("on a news page", "/demo"), ("API", "/docs")):
        say(console, f"  {name:<14}  {url}{path}")
    public = next((key.public for key in keys if key.public), None)
    say(console, "In your own pages:")
    say(console, f'  <script type="module" src="{url}/widget/v1/footnote.js"></script>')
    say(console, f'  <footnote-ask public-key="{public or "pk_…"}"></footnote-ask>')
    if public is None:
        say(console, f"  with a key from: footnote keys create NAME --origin https://news.example --data {folder}")


def show_keys(console: Console, keys: "Sequence[Key]") -> None:
    """One line a key."""
    for key in keys:
        day = f"{key.created_at.day} {key.created_at:%B %Y}"
        say(console, f"{key.id}  {', '.join(key.scopes):<12}  {day}  {key.name}")
        if key.public:
            rate = f", {key.rate} a reader" if key.rate else ""
            say(console, f"    {key.public}  on {' and '.join(key.origins)}{rate}")


def show_findings(console: Console, findings: "Iterable[Finding]") -> bool:
    """One line a check as it is done, with what to do; True where all is well."""
    well = True
    for finding in findings:
        well = well and finding.remedy is None
        mark = Text("ok   ", style="green") if finding.remedy is None else Text("fault", style="bold red")
        line = Text.assemble(mark, "  ", (f"{finding.check:<9}", "bold"), finding.detail)
        _write(console, line.append(f"; {finding.remedy}") if finding.remedy else line)
    return well


def _verdict_style(one: CheckedPayload) -> str:
    if one.verdict == "unchecked":
        return "dim"
    return "bold green" if one.citations else "bold yellow" if one.verdict == "unsupported" else "bold red"


def _reasons(reasons: Sequence[ReasonPayload]) -> str:
    """What is not found, and what stands there in its place."""
    listed = dict.fromkeys(
        f"{why.kind}: {why.text}" + (f" (there: {why.found})" if why.found else "") for why in reasons
    )
    return "not found: " + "; ".join(listed)


def _quoted_from(quote: QuotePayload) -> Text:
    published = PublishedAt(iso=quote.published_at) if quote.published_at else None
    return Text.assemble(
        (quote.label, "italic"), " — ", ", ".join(part for part in (quote.publisher, _day(published)) if part),
        (f"\n{quote.url}" if quote.url else "", "dim"),
    )


def _answer_text(answer: AnswerPayload) -> Text:
    text = Text(answer.answer.text, style="bold" if answer.status == "no_answer" else "")
    marks: dict[int, list[str]] = {}
    for citation in answer.citations:
        if citation.short_span:
            shift = citation.answer_span.start - citation.source_span.start
            text.stylize("bold underline", citation.short_span.start + shift, citation.short_span.end + shift)
        marks.setdefault(citation.answer_span.end, []).append(f"[{citation.number}]")
    pieces = text.divide(sorted(marks)) if marks else [text]
    whole = Text()
    for piece, end in zip(pieces, [*sorted(marks), None], strict=False):
        whole.append_text(piece)
        if end is not None:
            whole.append(" " + "".join(marks[end]), style="cyan")
    return whole


def _quote(citation: CitationPayload, source: SourcePayload) -> Text:
    """The quote within its context, with an ellipsis where the article goes on."""
    context, span = citation.context, citation.source_span
    before, after = " ".join(context.before.split()), " ".join(context.after.split())
    if len(context.before) < span.start:
        before = "…" + before
    if span.end + len(context.after) < source.text_length:
        after += "…"
    opening, closing = "‘’" if "“" in citation.quote else "“”"
    return Text.assemble(
        (f"{before} " if before else "", "dim"), (opening, "cyan"), (citation.quote, "bold"), (closing, "cyan"),
        (f" {after}" if after else "", "dim"),
    )


def _origin(source: SourcePayload) -> Text:
    published = PublishedAt(iso=source.published_at) if source.published_at else None
    parts = [source.publisher, _day(published), source.author]
    text = Text.assemble((source.label, "italic"), " — ", ", ".join(part for part in parts if part))
    others = [other.publisher or other.article_id for other in source.also_carried_by]
    if others:
        text.append(f"; also carried by {', '.join(others)}")
    if source.url:
        text.append(f"\n{source.url}", style="dim")
    return text


def _summary(answer: AnswerPayload) -> str:
    confidence = answer.confidence
    asked = f"as of {answer.as_of}, {answer.timing_ms.total:.0f} ms"
    if answer.status == "no_answer":
        return f"no answer ({confidence.probability:.2f}), {asked}"
    count = answer.independent_sources
    sources = "1 independent source" if count == 1 else f"{count} independent sources"
    return f"{confidence.band} confidence ({confidence.probability:.2f}), {sources}, {asked}"


def _day(published: PublishedAt | None) -> str:
    if published is None:
        return "no date"
    day = f"{published.day.day} {published.day:%B %Y}"
    if published.precision == "day":
        return day
    return f"{day}, {datetime.fromisoformat(published.iso):%H:%M}"


def _list(console: Console, kind: str, lines: Sequence[tuple[str, str]], *, style: str) -> None:
    for location, reason in lines[:SHOWN]:
        _write(console, Text.assemble((f"{kind}: ", style), (location, "bold"), f": {reason}"))
    if len(lines) > SHOWN:
        _write(console, Text(f"… and {len(lines) - SHOWN:,} more ({kind}); --json lists all", style=style))


def _write(console: Console, text: Text, *, indent: int = 0, mark: str = "") -> None:
    """Print with a hanging indent on a terminal, and with unbroken lines where it is piped."""
    if not console.is_terminal:
        for number, line in enumerate(text.split("\n", allow_blank=True)):
            lead = f"{mark} " if mark and number == 0 else " " * indent
            console.print(Text(lead).append_text(line) if lead else line, soft_wrap=True)
        return
    if mark:
        grid = Table.grid(padding=(0, 1, 0, 0))
        grid.add_column(width=indent - 1, style="cyan")
        grid.add_column()
        grid.add_row(mark, text)
        console.print(grid)
    else:
        console.print(Padding(text, (0, 0, 0, indent)))


def _one_line(text: str, longest: int) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= longest else flat[: flat.rfind(" ", 0, longest)] + " …"
