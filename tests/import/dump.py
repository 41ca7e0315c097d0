#!/usr/bin/env python3
"""dump.py - pages of a site as the export of a wiki that says the same: dump.py FOLDER LANGUAGE... >dump.xml

FOLDER holds <name>.<language>.md; the first LANGUAGE is the wiki's own, the pages in others are its subpages (Name/ru). What Markdown
says in its way stands here as wikis have it: templates for callouts and for the front matter, <abbr>, boxes to tick, spans for anchors.
This is written from MediaWiki's documentation and knows nothing of the importer.
"""
import hashlib
import os
import re
import sys
from xml.sax.saxutils import escape

import yaml

NAMESPACES = {-2: "Медиа", -1: "Служебная", 0: "", 1: "Обсуждение", 2: "Участник", 6: "Файл", 8: "MediaWiki", 10: "Шаблон", 14: "Категория"}


def title_of(name):
    return name[0].upper() + name[1:].replace("-", " ")


def link(match, names):
    words, target = match.group(1), match.group(2)
    page = re.match(r"/faq/([^#]+)(#.*)?$", target)
    if page and page.group(1) in names:
        return "[[%s%s|%s]]" % (title_of(page.group(1)), page.group(2) or "", words)
    if target.startswith("/"):
        return "[[guide:%s|%s]]" % (target[1:], words)
    if target.startswith("law:"):
        return "[[%s|%s]]" % (target, words)
    return "[%s %s]" % (target, words)


def inline(text, names, abbreviations):
    text = text.replace("&", "&amp;").replace("<", "&lt;")
    text = re.sub(r"\[([^\]]+)\]\(([^)]+)\)", lambda m: link(m, names), text)
    text = re.sub(r"\*\*([^*]+)\*\*", r"'''\1'''", text)
    text = re.sub(r"(?<![*'])\*([^*]+)\*", r"''\1''", text)
    for short in list(abbreviations):
        wrapped = '<abbr title="%s">%s</abbr>' % (abbreviations[short].replace('"', "&quot;"), short)
        pieces = re.split(r"(\[[^\]]*\]+|<[^>]*>)", text)
        for i in range(0, len(pieces), 2):  # not in a link, nor in what stands there already
            changed = re.sub(r"(?<![\w/])%s(?!\w)" % re.escape(short), lambda m: wrapped, pieces[i], count=1)
            if changed != pieces[i]:
                pieces[i] = changed
                text = "".join(pieces)
                del abbreviations[short]
                break
    return text


def body_of(text, names):
    abbreviations = dict(re.findall(r"^\*\[([^\]]+)\]: (.+)$", text, re.M))
    out, quote, table = [], None, False
    for line in text.split("\n"):
        if quote is not None and not line.startswith(">"):
            out.append("{{%s|1=%s}}" % (quote[0], "\n".join(quote[1:])))
            quote = None
        if table and not line.startswith("|"):
            out.append("|}")
            table = False
        if line.startswith("*["):
            continue
        heading = re.match(r"(#+) (.*?)(?: \{#([^}]+)\})?$", line)
        callout = re.match(r"> \[!(\w+)\]$", line)
        if heading:
            marks = "=" * len(heading.group(1))
            anchor = '<span id="%s"></span>' % heading.group(3) if heading.group(3) else ""
            out.append("%s %s%s %s" % (marks, anchor, inline(heading.group(2), names, {}), marks))
        elif callout:
            quote = [callout.group(1).capitalize()]
        elif quote is not None:
            quote.append(inline(line[1:].strip(), names, abbreviations))
        elif re.match(r"\|[ -|:]+\|$", line) and "---" in line:
            continue
        elif line.startswith("|"):
            cells = [inline(cell.strip(), names, abbreviations) for cell in line.strip("|").split(" | ")]
            out += ['|-' if table else '{| class="wikitable"', ("| " + " || ".join(cells)) if table else ("! " + " !! ".join(cells))]
            table = True
        else:
            line = re.sub(r"^- \[ \] ", "* ☐ ", line)
            line = re.sub(r"^- ", "* ", line)
            line = re.sub(r"^\d+\. ", "# ", line)
            marks = re.match(r"[*#] (?:☐ )?", line)
            start = marks.end() if marks else 0
            out.append(line[:start] + inline(line[start:], names, abbreviations))
    made = "\n".join(out).strip()
    for short, words in abbreviations.items():  # what only a link's words say
        inside = r"(\[\[[^\]|]*\|[^\]]*?(?<!\w))%s(?!\w)" % re.escape(short)
        made, found = re.subn(inside, lambda m: '%s<abbr title="%s">%s</abbr>' % (m.group(1), words.replace('"', "&quot;"), short), made, count=1)
        if not found:
            raise SystemExit("no place for " + short + " in:\n" + text)
    return made


def wikitext(path, names):
    front, body = re.match(r"---\n(.*?)\n---\n(.*)", open(path, encoding="utf-8").read(), re.S).groups()
    front = yaml.safe_load(front)
    fields = []
    for name in ("description", "weight", "review_every", "need", "audience", "related", "rests_on"):
        value = front.get(name)
        if value is not None:
            fields.append("| %s = %s" % (name, "; ".join(value) if isinstance(value, list) else value))
    categories = "\n".join("[[Категория:%s]]" % (tag[0].upper() + tag[1:]) for tag in front.get("tags", []))
    return "{{DISPLAYTITLE:%s}}\n{{Page\n%s\n}}\n%s\n\n%s" % (front["title"], "\n".join(fields), body_of(body, names), categories)


def revision(number, text, when, comment):
    sha1 = int(hashlib.sha1(text.encode()).hexdigest(), 16)
    digits = ""
    while sha1:
        sha1, digit = divmod(sha1, 36)
        digits = "0123456789abcdefghijklmnopqrstuvwxyz"[digit] + digits
    return """    <revision>
      <id>%d</id>
      <parentid>%d</parentid>
      <timestamp>%s</timestamp>
      <contributor>
        <username>Маҳина</username>
        <id>7</id>
      </contributor>
      <comment>%s</comment>
      <origin>%d</origin>
      <model>wikitext</model>
      <format>text/x-wiki</format>
      <text bytes="%d" sha1="%s" xml:space="preserve">%s</text>
      <sha1>%s</sha1>
    </revision>
""" % (number, number - 1, when, escape(comment), number, len(text.encode()), digits, escape(text), digits)


def main():
    folder, languages = sys.argv[1], sys.argv[2:]
    names = sorted({name.split(".")[0] for name in os.listdir(folder) if name.endswith(".md") and name[0] != "_"})
    pages = [(1, "Обсуждение:Patent", "Нужна ли страница? ~~~~"), (14, "Категория:Россия", "Страницы о России."), (10, "Шаблон:Page", "<includeonly>{{{description|}}}</includeonly>")]
    for name in names:
        for language in languages:
            path = "%s/%s.%s.md" % (folder, name, language)
            if os.path.exists(path):
                pages.append((0, title_of(name) + ("" if language == languages[0] else "/" + language), wikitext(path, names)))
    print("""<mediawiki xmlns="http://www.mediawiki.org/xml/export-0.11/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://www.mediawiki.org/xml/export-0.11/ http://www.mediawiki.org/xml/export-0.11.xsd" version="0.11" xml:lang="ru">
  <siteinfo>
    <sitename>Роҳнамо</sitename>
    <dbname>guide</dbname>
    <base>https://wiki.example.org/wiki/Main_Page</base>
    <generator>MediaWiki 1.39.10</generator>
    <case>first-letter</case>
    <namespaces>""")
    for key, name in NAMESPACES.items():
        print('      <namespace key="%d" case="first-letter"%s' % (key, ">%s</namespace>" % name if name else " />"))
    print("    </namespaces>\n  </siteinfo>")
    for i, (space, title, text) in enumerate(pages):
        print("  <page>\n    <title>%s</title>\n    <ns>%d</ns>\n    <id>%d</id>" % (escape(title), space, i + 1))
        sys.stdout.write(revision(i * 2 + 1, "Черновик: " + title, "2024-01-0%dT08:00:00Z" % (i % 9 + 1), "новая страница"))
        sys.stdout.write(revision(i * 2 + 2, text, "2025-02-0%dT09:30:00Z" % (i % 9 + 1), "текст"))
        print("  </page>")
    print("</mediawiki>")


main()
