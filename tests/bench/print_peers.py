#!/usr/bin/python3
"""The pages of a built site as one book for other typesetters: HTML with paged CSS for WeasyPrint, and Typst's markup.

    print_peers.py SITE LANG OUT     writes OUT/book.html and OUT/book.typ
"""
import html.parser, pathlib, re, sys
import xml.etree.ElementTree as tree

import html5lib   # comes with WeasyPrint; our pages leave out the tags that HTML lets one leave out

CSS = """@page { size: 148mm 210mm; margin: 16mm 14mm 18mm 16mm; bleed: 3mm; @bottom-center { content: counter(page) } }
body { font: 10pt/13.5pt "PT Serif"; text-align: justify; hyphens: auto } h1, h2, h3 { font-family: "PT Sans"; text-align: left; break-after: avoid }
h1 { break-before: page; string-set: head content() } p { orphans: 2; widows: 2; margin: 0 0 4pt } table { border-collapse: collapse; font: 8.5pt/11pt "PT Sans" }
td, th { border-bottom: .4pt solid #888; padding: 2pt 4pt; text-align: left } blockquote { border-left: 1.5pt solid #999; margin: 0; padding-left: 8pt }"""
TYPST = """#set page(width: 148mm, height: 210mm, margin: (top: 16mm, bottom: 18mm, inside: 16mm, outside: 14mm), numbering: "1")
#set text(font: "PT Serif", size: 10pt, lang: "%s", hyphenate: true)
#set par(justify: true, leading: 0.55em, spacing: 0.8em)
#show heading: set text(font: "PT Sans")
#show heading.where(level: 1): it => { pagebreak(weak: true); it }
#show table: set text(font: "PT Sans", size: 8.5pt)
#outline()
"""


class Typst(html.parser.HTMLParser):
    """The few elements that our pages use, as Typst function calls: nothing is left to its markup."""
    OPEN = {"p": "#par[", "strong": "#strong[", "em": "#emph[", "h1": "#heading(level: 1)[", "h2": "#heading(level: 2)[", "h3": "#heading(level: 3)[", "ul": "#list(", "ol": "#enum(",
            "li": "[", "blockquote": "#quote(block: true)[", "td": "[", "th": "[", "code": "#raw(\""}
    CLOSE = {"ul": ")\n", "ol": ")\n", "li": "],", "td": "],", "th": "],", "p": "]\n", "h1": "]\n", "h2": "]\n", "h3": "]\n", "blockquote": "]\n", "table": ")\n", "code": "\")"}

    def __init__(self):
        super().__init__()
        self.out, self.stack, self.rows = [], [], None

    def handle_starttag(self, tag, attributes):
        if tag == "table":
            self.rows = []
            self.mark = len(self.out)
            self.columns = 0
        elif tag in ("td", "th") and self.columns >= 0:
            self.columns += 1
        self.out.append(self.OPEN.get(tag, ""))
        self.stack.append(tag)

    def handle_endtag(self, tag):
        if tag == "tr":
            self.width, self.columns = max(self.columns, getattr(self, "width", 0)), -1 if self.columns > 0 else 0
        if tag == "table":
            self.out.insert(self.mark, f"#table(columns: {max(1, self.width)},")
            self.width = self.columns = 0
        self.out.append(self.CLOSE.get(tag, "]" if tag in self.OPEN else ""))
        if tag in self.stack:
            while self.stack.pop() != tag:
                pass

    def handle_data(self, data):
        inside = self.stack[-1] if self.stack else ""
        if inside in ("ul", "ol", "table", "tr", "thead", "tbody", ""):
            return
        self.out.append(re.sub(r"([\\#$*_`<>@\[\]~=/+\-\"'])", r"\\\1", data))


def text_of(path):
    """The title and the text of a page, as HTML with all its tags and no attributes; None: it has none."""
    page = html5lib.parse(path.read_bytes(), namespaceHTMLElements=False)
    text, title = page.find(".//main//div[@class='text']"), page.find(".//h1")
    if text is None or title is None:
        return None
    for element in [*text.iter(), *title.iter()]:
        element.attrib.clear()
    return "".join(tree.tostring(part, encoding="unicode", method="html") for part in [title, *text])


def main():
    site, language, out = pathlib.Path(sys.argv[1]), sys.argv[2], pathlib.Path(sys.argv[3])
    pages = [text for text in map(text_of, sorted((site / language).glob("*/*/index.html"))) if text]
    if not pages:
        sys.exit(f"{site}: no page has a text")
    book = "\n".join(pages)
    (out / "book.html").write_text(f'<!doctype html><html lang="{language}"><meta charset="utf-8"><title>Book</title><style>{CSS}</style>{book}</html>', encoding="utf-8")
    typst = Typst()
    typst.feed(book)
    (out / "book.typ").write_text(TYPST % language + "".join(typst.out), encoding="utf-8")
    print(len(pages), "pages of the site")


main()
