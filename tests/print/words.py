#!/usr/bin/python3
"""Are the words of the source in the PDF, in the order in which they are read?

    words.py [--least PERCENT] [--folded] FILE.pdf PAGE.md...

The words of each Markdown page without its markup (title and description first) are looked for in what pdftotext and mutool take out of FILE, and in the text of its
structure tree, which is what a screen reader says: a word counts where it stands in the longest common sequence of both. The pages must follow one another as they are
given. Prints one line a reader and fails below PERCENT (99.9). Words parted at a line's end are joined by the soft hyphen that the file holds there.
--folded: the panels do not lie in the order in which they are read: what is taken from the sides has each word as often as the page has it, wherever; the structure
tree has them in order.
"""
import argparse, bisect, collections, re, subprocess, sys

WORD = re.compile(r"[^\W\d_]+|\d+")     # a note's figure is no part of the word before it
LEAST_FOR_ORDER = 12                    # shorter pages may have their words anywhere


def field(front, name):
    found = re.search(rf"^{name}: *(.*)$", front, re.M)
    return re.sub(r"^(['\"])(.*)\1$", r"\2", found[1].strip()) if found else ""


def plain(text):
    text = re.sub(r"<!--.*?-->", "", text, flags=re.S)
    text = re.sub(r"^\*\[[^\]]*\]:.*$", "", text, flags=re.M)             # abbreviations: their meanings stand in the index
    text = re.sub(r"^\[\^[^\]]*\]:.*(\n[ \t]+.*)*$", "", text, flags=re.M)  # footnotes stand at the foot
    text = re.sub(r"\[\^[^\]]*\]", "", text)
    text = re.sub(r"^([ \t>]*)```.*$", r"\1", text, flags=re.M)
    text = re.sub(r"\[!\w+\]", "", text)                                     # a callout's kind is a word of ours
    text = re.sub(r"^(#+.*?)\{#[^}]*\}\s*$", r"\1", text, flags=re.M)
    text = re.sub(r"^\s*!\[[^\]]*\]\([^)\s]*\s+\"([^\"]*)\"\)\s*$", r"\1", text, flags=re.M)   # a figure's caption
    text = re.sub(r"!\[[^\]]*\]\([^)]*\)", "", text)
    text = re.sub(r"\]\([^)\s]*(\s+\"[^\"]*\")?\)", "]", text)
    text = re.sub(r"<(https?:[^>\s]*)>", r" \1 ", text)
    text = re.sub(r"<[^>\n]*>", " ", text)
    text = re.sub(r"^(\s*(?:>\s*)*)\d+[.)]\s", r"\1", text, flags=re.M)     # a list's numbers are ours to set
    return re.sub(r"^\|?[\s:|-]+\|?$", "", text, flags=re.M)


def source_words(path):
    text = open(path, encoding="utf-8").read().replace("\r\n", "\n").replace("\u00ad", "")
    front = re.match(r"\ufeff?---\n(.*?\n)---\n", text, re.S)
    if not front:
        return WORD.findall(plain(text))
    return WORD.findall(f"{field(front[1], 'title')}\n{field(front[1], 'description')}\n{plain(text[front.end():])}")


def printed_words(text):
    text = re.sub("\u00ad\\s*\n\\s*", "", text)           # a word that goes on in the next line
    return WORD.findall(text.replace("\u00ad", "").replace("\f", "\n"))


def structure(listing):
    """The text of `pdfinfo -struct-text`: strings in quotes; what is not inline begins anew."""
    out = []
    for line in listing.splitlines():
        line = line.strip()
        if len(line) > 1 and line[0] == line[-1] == '"':
            out.append(line[1:-1])
        elif not line.endswith("(inline)") and not line.startswith(("/", "Object ")):
            out.append("\n")
    return "".join(out)


def longest(sequence, places, begin, end):
    """The longest common sequence of SEQUENCE and the words [begin, end): pairs of numbers (J. Hunt, T. Szymanski, 1977)."""
    ends, tails = [], []                                  # the last number of the best chain of each length, and that chain: (i, at, chain before)
    for i, word in enumerate(sequence):
        at = places.get(word, ())
        for k in reversed(at[bisect.bisect_left(at, begin):bisect.bisect_left(at, end)]):
            length = bisect.bisect_left(ends, k)
            chain = (i, k, tails[length - 1] if length else None)
            if length == len(ends):
                ends.append(k)
                tails.append(chain)
            else:
                ends[length], tails[length] = k, chain
    pairs, chain = [], tails[-1] if tails else None
    while chain:
        pairs.append(chain[:2])
        chain = chain[2]
    return pairs[::-1]


def find(places, sequence):
    """Pairs of SEQUENCE and the words near the place where most of it is."""
    votes = {}
    for i, word in enumerate(sequence):
        for at in places.get(word, ()):
            votes[(at - i) // 64] = votes.get((at - i) // 64, 0) + 1 / len(places[word])
    if not votes:
        return []
    best = max(votes, key=lambda k: (votes.get(k - 1, 0) + votes[k] + votes.get(k + 1, 0), -k))
    begin = (best - 8) * 64 - len(sequence)               # of texts side by side the other one stands in between
    return longest(sequence, places, begin, begin + len(sequence) * 4 + 2048)


READERS = (
    ("pdftotext", ["pdftotext", "-raw", "-enc", "UTF-8"], ["-"], str),
    ("mutool", ["mutool", "draw", "-q", "-F", "txt"], [], str),
    ("structure", ["pdfinfo", "-enc", "UTF-8", "-struct-text"], [], structure),
)


def compare_counts(text, pages):
    """As compare, in any order."""
    have = collections.Counter(printed_words(text))
    want = collections.Counter(word for _, sequence in pages for word in sequence)
    lost = want - have
    return want.total(), want.total() - lost.total(), [f"lost: {' '.join(lost)}"]


def compare(text, pages):
    """How many words there are, how many were found, and what is wrong."""
    places = {}
    for at, word in enumerate(printed_words(text)):
        places.setdefault(word, []).append(at)
    total = have = last = 0
    wrong = []
    for path, sequence in pages:
        pairs = find(places, sequence)
        total, have = total + len(sequence), have + len(pairs)
        found = {i for i, _ in pairs}
        lost = [f"{word}({i})" for i, word in enumerate(sequence) if i not in found]
        if lost:
            wrong.append(f"{path}: lost {len(lost)} of {len(sequence)}: {' '.join(lost[:12])}")
        if pairs and len(sequence) >= LEAST_FOR_ORDER:
            middle = pairs[len(pairs) // 2][1]
            if middle < last:
                wrong.append(f"{path}: stands before the page that it follows")
                have -= len(pairs)
            last = middle
    return total, have, wrong


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("--least", type=float, default=99.9)
    parser.add_argument("--folded", action="store_true")
    parser.add_argument("pdf")
    parser.add_argument("pages", nargs="+")
    call = parser.parse_args()
    pages = [(path, source_words(path)) for path in call.pages]
    bad = False
    for name, command, more, read in READERS:
        said = subprocess.run(command + [call.pdf] + more, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True).stdout
        total, have, wrong = (compare_counts if call.folded and name != "structure" else compare)(read(said.decode("utf-8", "replace")), pages)
        share = 100 * have / max(total, 1)
        print(f"{name}: {have} of {total} words in order, {share:.3f} %")
        if share < call.least or not total:
            bad = True
            print("\n".join(wrong[:40]))
    sys.exit(bad)


main()
