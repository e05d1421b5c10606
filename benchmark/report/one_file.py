"""All pages of a report in one file: nothing is beside it, nothing is fetched."""

import base64
import posixpath
import re
from collections.abc import Sequence
from html import escape
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urldefrag, urlsplit

from markupsafe import Markup

from benchmark.atomic import write_text
from benchmark.report.render import render, template_file

FILE = "report.html"
# Mail servers refuse more than this, and telephones grow slow.
LARGE = 20_000_000
# A table of this size travels with the page.
SMALL = 400_000
_TYPES = {".svg": "image/svg+xml", ".png": "image/png"}
_TYPES |= {".webp": "image/webp", ".csv": "text/csv"}
_NAMES = frozenset(
    f"aria-{name}"
    for name in ("labelledby", "describedby", "controls", "owns", "details")
)
_NAMES |= {"id", "for", "headers", "list"}
_VOID = {"br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}
_PARTS = ("title", "header", "crumbs", "main", "footer")


def write_one_file(folder: Path, addresses: Sequence[str], title: str) -> Path:
    """Write a report that was written as a folder into one file.

    Parameters
    ----------
    folder : Path
        Top of the report.
    addresses : sequence of str
        Its pages from there, in order, the first page first.
    title : str
        Of the report.

    Returns
    -------
    Path
        ``report.html``. With scripts it shows a page at a time; without them
        the pages follow one another. Links between pages lead to places in the
        file, pictures are in it, and other files, which are not, are named.
    """
    files = _Files(folder, addresses)
    pages = [_Page(files, address) for address in addresses]
    text = render(
        "one_file.html",
        title=title,
        style=Markup(_harmless(template_file("style.css"), "style")),
        scripts=[
            Markup(_harmless(template_file(name), "script"))
            for name in ("report.js", "one_file.js")
        ],
        pages=pages,
    )
    return write_text(folder / FILE, text)


def prefix_of(address: str) -> str:
    """Return the id of a page in the one file; those of its places begin with it.

    Examples
    --------
    >>> prefix_of("models/classic.html")
    'models.classic'
    """
    return address.removesuffix(".html").replace("/", ".")


def _harmless(text: str, element: str) -> str:
    return re.sub(rf"</(?={element})", r"<\\/", text, flags=re.IGNORECASE)


class _Files:
    """The files of a report: which are pages, and which can travel along."""

    def __init__(self, folder: Path, addresses: Sequence[str]) -> None:
        self.folder = folder
        self.pages = frozenset(addresses)

    def resolve(self, page: str, link: str) -> tuple[str, str]:
        """Return a link of a page from the top of the report, and its anchor."""
        file, anchor = urldefrag(link)
        if not file:
            return page, unquote(anchor)
        path = posixpath.join(posixpath.dirname(page), unquote(file.partition("?")[0]))
        return posixpath.normpath(path), unquote(anchor)

    def data(self, address: str, most: float = float("inf")) -> str | None:
        """Return a file of the report as a data address, if it may be one."""
        path = self.folder / address
        kind = _TYPES.get(path.suffix)
        inside = path.resolve().is_relative_to(self.folder.resolve())
        if kind is None or not inside or not path.is_file():
            return None
        if path.stat().st_size > most:
            return None
        content = base64.b64encode(path.read_bytes()).decode("ascii")
        return f"data:{kind};base64,{content}"


class _Page(HTMLParser):
    """Reads a page, and writes its parts with the names and links of the one file."""

    def __init__(self, files: _Files, address: str) -> None:
        super().__init__(convert_charrefs=False)
        self._files, self.address, self.id = files, address, prefix_of(address)
        self.parts: dict[str, list[str]] = {part: [] for part in _PARTS}
        self._open: list[tuple[str, str]] = []  # elements, and what ends them
        self._part = ""
        self._within = 0  # how deep the part began
        self.feed((files.folder / address).read_text(encoding="utf-8"))
        self.close()

    def markup(self, part: str) -> Markup:
        """Return the content of a part: of `_PARTS`."""
        return Markup("".join(self.parts[part]))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        inner = "crumbs" if given.get("class") == "crumbs" else tag
        begins = inner in _PARTS and self._part in {"", "header"}
        if not self._part and not begins:
            return
        start, end = self._tag(tag, given)
        if begins:
            self._part, self._within = inner, len(self._open)
        else:
            self.parts[self._part].append(start)
        if tag not in _VOID:
            self._open.append((tag, end))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._part:
            start, _ = self._tag(tag, dict(attrs))
            self.parts[self._part].append(f"{start[:-1]}/>")

    def handle_endtag(self, tag: str) -> None:
        if not self._part or tag in _VOID:
            return
        begun, end = self._open.pop()
        if begun != tag:
            msg = f"{self.address}: </{tag}> closes <{begun}>"
            raise ValueError(msg)
        if len(self._open) > self._within:
            self.parts[self._part].append(end)
        else:
            # The crumbs stand in the header; nothing else is in another part.
            self._part = "header" if self._part == "crumbs" else ""
            self._within = 0

    def handle_data(self, data: str) -> None:
        if self._part:
            self.parts[self._part].append(data)

    def handle_entityref(self, name: str) -> None:
        self.handle_data(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.handle_data(f"&#{name};")

    def _tag(self, tag: str, given: dict[str, str | None]) -> tuple[str, str]:
        """Return the start and the end of an element."""
        end = f"</{tag}>"
        if tag == "a" and given.get("href") is not None:
            tag, given, end = self._link(given, given["href"] or "")
        else:
            given = {name: self._travelling(name, x) for name, x in given.items()}
        text = "".join(
            f" {name}" if value is None else f' {name}="{escape(value)}"'
            for name, value in ((n, self._named(n, v)) for n, v in given.items())
        )
        return f"<{tag}{text}>", end

    def _travelling(self, name: str, value: str | None) -> str | None:
        """Put the content of a picture, or of a size of it, in place of its name."""
        if name not in {"src", "srcset"} or not value:
            return value
        address, _ = self._files.resolve(self.address, value)
        return self._files.data(address) or ""

    def _named(self, name: str, value: str | None) -> str | None:
        if value is None:
            return None
        if name in _NAMES:
            return " ".join(f"{self.id}--{one}" for one in value.split())
        return value.replace("url(#", f"url(#{self.id}--")

    def _link(
        self, given: dict[str, str | None], link: str
    ) -> tuple[str, dict[str, str | None], str]:
        """Return what a link becomes: a place in the file, data, or a text."""
        if urlsplit(link).scheme:
            return "a", given, "</a>"
        address, anchor = self._files.resolve(self.address, link)
        if address in self._files.pages:
            place = prefix_of(address) + (f"--{anchor}" if anchor else "")
            return "a", {**given, "href": f"#{place}"}, "</a>"
        # Tables at the top are of the whole run; those of figures are too many.
        data = None if "/" in address else self._files.data(address, SMALL)
        if data is not None:
            return "a", {**given, "href": data, "download": address}, "</a>"
        told = f": {escape(address)} in the folder of the report</span>"
        return "span", {"class": "elsewhere"}, told
