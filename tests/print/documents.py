"""Random Markdown documents whose every word is there once: what `random` prints.

Site (seed) writes content/ and knows which words each page holds. A word begins with the letter Ҷ, ends with ж and has neither in between, so that it can be told in a stream of
letters, wherever a line or a hyphen has parted it.
"""
import random, struct, zlib

BEGIN, END = "Ҷ", "ж"
CONSONANTS, VOWELS = "бвгдзклмнпрстфхчш", "аеиоуэюя"
ODD = ["\u00a0", "\u200b", "\u200d", "\u2060", "\u00ad", "\ufeff", "e\u0301\u0323", "\u2028", "\ufffd", "\ue000", "\u0001", "½", "→", "≥", "№", "…", "𝔘", "☎", "😀", "👨‍👩‍👧", "🇹🇯", "漢字", "שלום", "سلام دنیا",
       "\u202eabc\u202c", "1 000 000,50", "__________", "-----", "&lt;b&gt;", "&#x41;", "\\*", "http://example.org/" + "a/" * 60, "x" * 140, "a-b-" * 40, "а/" * 50]

INLINE = ["**{}**", "*{}*", "`{}`", "~~{}~~", "[{}](https://example.org/1)", "[{}](https://example.org/2)", "[{}](/faq/d1)", "***{} {}***", "<sup>{}</sup>", "<b>{}", "{}<br>", "[{}](#nowhere)",
          "{}, «{}»", "<span lang=ru>{}</span>", "{}\\\n{}", "<https://example.org/{?}>", "[]({?})", "[{}]", "*{} **{}", "</p>{}"]
HTML = ["<table><tr><th>{?}<td><ul><li>{}<li>{}<ul><li>{}</ul></ul><tr><td colspan=2><p>{}<ol><li>{}</ol></table>", "<div><p>{} <em>{}</em></p><blockquote>{}</blockquote></div>",
        "<details><summary>{}</summary>{} <b>{}</details>", "<table><tr><td>{}<table><tr><td>{}<td>{}</table></table>", "<dl><dt>{}<dd>{}</dl><hr><pre>{}\n  {}</pre>",
        '<p>{}<img src="/media/small.png" alt="{?}">{}</p>', "<script>{?}</script><style>p</style><p onclick=x>{}</p>", "<div>" * 60 + "{}" + "</div>" * 60,
        "<table><tr rowspan=99><td rowspan=9 colspan=70>{}<td rowspan=0>{}<tr><tr><td></table>", "<!-- {?} --><p>{}</p>", "<svg viewBox='0 0 9 9'><path d='M0 0L9 9'/></svg><p>{}</p>"]


def png(width, height, rows=None):
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    body = zlib.compress(b"".join(b"\0" + bytes((x * y) & 255 for x in range(width)) for y in range(rows if rows is not None else height)))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


PICTURES = {
    "media/one.png": png(1, 1), "media/small.png": png(60, 40), "media/wide.png": png(2000, 30), "media/tall.png": png(20, 1500), "media/huge.png": png(20000, 20000, 0),
    "media/cut.png": png(300, 200)[:180], "media/empty.png": b"", "media/text.png": b"no picture at all\n", "media/zero.png": png(0, 0),
    "media/plain.svg": b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 60"><rect width="100" height="60" fill="#ccc"/><path d="M0 0 L100 60" stroke="black"/></svg>',
    "media/wild.svg": b'<svg xmlns="http://www.w3.org/2000/svg" width="1e9" height="-3"><g transform="scale(1e-9) rotate(x)"><path d="M 1e30 nan L 3"/><use href="#a" id="a"/></g></svg>',
    "media/broken.svg": b"<svg><rect",
}


class Site:
    def __init__(self, seed, large):
        self.random, self.count, self.large, self.made, self.words, self.loose, self.files = random.Random(seed), 0, large, set(), set(), set(), {}
        self.notes, self.note_number, self.depth, self.inside = [], 0, 0, 0

    # --- words -----------------------------------------------------------------------------------------------------------------

    def word(self, length=0, loose=False):
        """A new word of at least LENGTH letters; LOOSE: it may be printed more than once, or not at all."""
        self.count += 1
        n, text, length = self.count, "", length or self.random.choice((0, 0, 4, 6, 8, 12))
        while n:
            n, k = divmod(n, len(CONSONANTS) * len(VOWELS))
            text += CONSONANTS[k // len(VOWELS)] + VOWELS[k % len(VOWELS)]
        while len(text) + 2 < length:
            text += self.random.choice(CONSONANTS) + self.random.choice(VOWELS)
        word = BEGIN + text + END
        if word in self.made:
            return self.word(length, loose)
        self.made.add(word)
        (self.loose if loose or self.inside and self.depth else self.words).add(word)
        return word

    def chance(self, percent):
        return self.random.randrange(100) < percent

    def fill(self, template):
        """TEMPLATE with a new word for each {}, and a loose one for each {?}."""
        while "{" in template:
            at = template.index("{")
            loose = template.startswith("{?}", at)
            template = template[:at] + self.word(loose=loose) + template[at + (3 if loose else 2):]
        return template

    def some(self, low, high):
        """A run of words with inline markup and notes."""
        out = []
        for _ in range(self.random.randint(low, high)):
            out.append(self.fill(self.random.choice(INLINE) if self.chance(20) else "{}"))
            if self.chance(2) and not self.depth:
                out[-1] += self.note()
            if self.chance(2):
                out.append(self.random.choice(ODD))
        return " ".join(out)

    def note(self):
        """Calls a new note. Within other blocks the call may turn out to be code: then nobody calls the note, and its words are loose."""
        self.note_number += 1
        name, self.depth = f"n{self.note_number}", self.depth + 1
        text = self.some(1, self.random.choice((3, 20, 20, 300 if self.large else 60)))
        if self.chance(20):
            text += f"\n\n    {self.some(3, 30)}\n\n    - {self.some(1, 5)}\n    - {self.some(1, 5)}"
        self.depth -= 1
        self.notes.append(f"[^{name}]: {text}")
        return f"[^{name}]"

    # --- blocks ------------------------------------------------------------------------------------------------------------------

    def paragraph(self):
        return self.some(1, self.random.choice((3, 12, 60, 200))) + (self.note() if self.chance(15) else "")

    def heading(self):
        kind = self.random.randrange(12)
        if kind == 0:
            return "#" * self.random.randint(1, 6)
        if kind == 1:
            return f"{self.word()} {self.word()}\n======"
        return "#" * self.random.randint(1, 6) + " " + (self.word(120) if kind == 2 else self.some(20, 50) if kind == 3 else self.some(1, 5)).replace("\\\n", " ")

    def long_word(self):
        return f"{self.some(0, 4)} {self.word(400)} {self.some(0, 4)}"

    def within(self, *kinds):
        """A block of one of KINDS that stands within another."""
        self.inside += 1
        block = self.random.choice(kinds)()
        self.inside -= 1
        return block

    def items(self, deep, indent=""):
        marker = self.random.choice(("- ", "* ", "1. ", "999999998. ", "- [ ] ", "- [x] "))
        out = []
        for _ in range(self.random.randint(1, 4)):
            self.inside += 1
            out.append(indent + marker + ("" if self.chance(5) else self.some(1, 14).replace("\\\n", " ")))
            self.inside -= 1
            inner = indent + " " * (2 if marker[0] in "-*" else len(marker))
            if deep > 0 and self.chance(55):
                out.append(self.items(deep - 1, inner))
            elif self.chance(12):
                block = self.within(self.paragraph, self.code, self.table, self.quote)
                out.append("\n" + "\n".join(inner + line for line in block.split("\n")) + "\n")
        return "\n".join(out)

    def list(self):
        return self.items(self.random.choice((0, 1, 3, 10)))

    def cell(self):
        k = self.random.randrange(20)
        return "" if k == 0 else self.word(60) if k == 1 else self.some(8, 25).replace("\\\n", " ") if k == 2 else self.some(1, 3).replace("\\\n", " ")

    def rows(self, n, columns):
        head = "| " + " | ".join(self.word(loose=True) for _ in range(columns)) + " |\n|" + "|".join(self.random.choice(("---", ":--", "--:", ":-:")) for _ in range(columns)) + "|\n"
        return head + "\n".join("| " + " | ".join(self.cell() for _ in range(columns)) + " |" for _ in range(n))

    def table(self):
        return self.rows(self.random.choice((0, 1, 3, 6, 12)), self.random.choice((1, 2, 3, 4, 7, 14)))

    def wild_table(self):
        kind = self.random.randrange(4)
        if kind == 0:
            return self.rows(300 if self.large else 60, 3)
        if kind == 1:
            return self.rows(2, 45)
        if kind == 2:
            return f"| {self.word(loose=True)} | {self.word(loose=True)} |\n|---|---|\n| {self.some(300, 700 if self.large else 400).replace(chr(92) + chr(10), ' ')} | {self.word()} |"
        return self.rows(3000 if self.large else 120, 2)

    def code(self):
        return "```\n" + "\n".join(" " * self.random.choice((0, 4, 40)) + (self.word(300) if self.chance(20) else f"{self.word()}\t{self.word()} = {self.word()};") for _ in range(self.random.choice((1, 4, 80 if self.large else 20)))) + "\n```"

    def quote(self):
        blocks = "\n\n".join(self.within(self.paragraph, self.list, self.heading, self.code, self.table, self.figure) for _ in range(self.random.randint(1, 3)))
        return "\n".join(">" * self.random.choice((1, 1, 2, 12)) + " " + line for line in blocks.split("\n"))

    def callout(self):
        inner = "\n\n".join(self.within(self.paragraph, self.list, self.table, self.figure, self.code) for _ in range(self.random.randint(1, 3)))
        prefix = self.random.choice(("> ", "> ", "> > "))
        return "\n".join(prefix + line for line in [f"[!{self.random.choice(('NOTE', 'WARNING', 'TIP', 'IMPORTANT', 'CAUTION'))}]"] + inner.split("\n"))

    def figure(self):
        name = self.random.choice([*PICTURES, "media/missing.png", "https://example.org/far.png", "../../etc/passwd", ""])
        return f'![{self.word(loose=True)} {self.word(loose=True)}]({"/" if name.startswith("media") else ""}{name} "{self.word(loose=True)}")'

    def html(self):
        return self.fill(self.random.choice(HTML))

    def blank(self):
        return self.fill(self.random.choice(("---", "{}: ______________________", "", "<br>", "{} ____ {} _____________________________________________________________________________")))

    # --- pages ---------------------------------------------------------------------------------------------------------------------

    def page(self, key, language):
        """Writes the page; returns its words that must be there once, and those of its title."""
        self.words, self.notes, title = set(), [], [self.word(loose=True) for _ in range(self.random.choice((1, 3, 9)))]
        kinds = (self.paragraph, self.paragraph, self.paragraph, self.heading, self.heading, self.list, self.list, self.table, self.code, self.quote, self.callout, self.figure, self.html,
                 self.html, self.blank, self.long_word, self.wild_table)
        description = self.word()
        blocks = [self.random.choice(kinds)() for _ in range(self.random.choice((0, 1, 4, 12, 30 if self.large else 8)))]
        if self.chance(50):
            blocks.append(self.word() + self.note())
        text = f"---\ntitle: {' '.join(title)}\ndescription: {description}\nweight: {self.random.randrange(9)}\n---\n\n" + "\n\n".join(blocks + self.notes) + "\n"
        self.files[f"content/{key}.{language}.md"] = text.encode()
        return self.words
