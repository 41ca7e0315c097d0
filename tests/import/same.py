#!/usr/bin/env python3
"""same.py - do two built sites say the same? same.py SITE SITE PAGE...: titles, facts and every block of the text, to the letter."""
import re
import sys


def words(site, page):
    html = open("%s/%s/index.html" % (site, page), encoding="utf-8").read()
    article = re.search(r'<article class="page">(.*?)<h2>', html, re.S)
    if not article or '<div class="text">' not in article.group(1):
        raise SystemExit("%s/%s has no text" % (site, page))
    return re.sub(r">\s*<", ">\n<", article.group(1)).split("\n")


def main():
    bad = 0
    for page in sys.argv[3:]:
        one, two = words(sys.argv[1], page), words(sys.argv[2], page)
        if one == two:
            print("%s: the same %d lines" % (page, len(one)))
            continue
        bad = 1
        for number in range(max(len(one), len(two))):
            pair = [lines[number] if number < len(lines) else "(nothing)" for lines in (one, two)]
            if pair[0] != pair[1]:
                print("%s:%d:\n  %s\n  %s" % (page, number + 1, *pair))
                break
    sys.exit(bad)


main()
