#!/usr/bin/python3
"""Are the words of the source in the PDF, in the order in which they are read?

    words.py [--least PERCENT] FILE.pdf PAGE.md...

Takes the text of FILE out with pdftotext and with mutool, and the words of each Markdown page without its markup; a word counts where it stands in the longest common
sequence of both. Prints one line a tool and fails below PERCENT (99.9). Words parted at a line's end are joined by the soft hyphen that the file holds there.
"""
import argparse, difflib, re, subprocess, sys

WORD = re.compile(r"[^\W_]+")


def source_words(path):
    text = open(path, encoding="utf-8").read().replace("\r\n", "\n")
    text = re.sub(r"\A\ufeff?---\n.*?\n---\n", "", text, flags=re.S)
    text = re.sub(r"^\*\[[^\]]*\]:.*$", "", text, flags=re.M)             # abbreviations: their meanings stand in the index
    text = re.sub(r"^\[\^[^\]]*\]:.*(\n[ \t]+.*)*$", "", text, flags=re.M)  # footnotes stand at the foot
    text = re.sub(r"\[\^[^\]]*\]", "", text)
    text = re.sub(r"^```.*$", "", text, flags=re.M)
    text = re.sub(r"\[!\w+\]", "", text)
    text = re.sub(r"^(#+.*?)\{#[^}]*\}\s*$", r"\1", text, flags=re.M)
    text = re.sub(r"^\s*!\[[^\]]*\]\([^)\s]*\s+\"([^\"]*)\"\)\s*$", r"\1", text, flags=re.M)   # a figure's caption
    text = re.sub(r"!\[[^\]]*\]\([^)]*\)", "", text)
    text = re.sub(r"\]\([^)\s]*(\s+\"[^\"]*\")?\)", "]", text)
    text = re.sub(r"<[^>\n]*>", " ", text)
    text = re.sub(r"^(\s*(?:>\s*)*)\d+[.)]\s", r"\1", text, flags=re.M)     # a list's numbers are ours to set
    text = re.sub(r"\[[ x]\]", "", text)
    text = re.sub(r"^\|?[\s:|-]+\|?$", "", text, flags=re.M)
    return WORD.findall(text.replace("\u00ad", ""))


def printed_words(text):
    text = re.sub("\u00ad\\s*\n\\s*", "", text)           # a word that goes on in the next line
    text = text.replace("\u00ad", "").replace("\f", "\n")
    return WORD.findall(text)


def find(words, places, sequence):
    """How many of SEQUENCE stand in WORDS in order, near the place where most of it is."""
    votes = {}
    for i, word in enumerate(sequence):
        for at in places.get(word, ())[:200]:
            votes[(at - i) // 64] = votes.get((at - i) // 64, 0) + 1
    if not votes:
        return 0, sequence[:1]
    best = max(votes, key=lambda k: (votes.get(k - 1, 0) + votes[k] + votes.get(k + 1, 0), -k))
    begin = max(0, (best - 3) * 64)
    window = words[begin:begin + len(sequence) * 5 // 4 + 512]
    matcher = difflib.SequenceMatcher(None, sequence, window, autojunk=False)
    have, lost, last = 0, [], 0
    for a, _, n in matcher.get_matching_blocks():
        lost += sequence[last:a]
        have, last = have + n, a + n
    return have, lost


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("--least", type=float, default=99.9)
    parser.add_argument("pdf")
    parser.add_argument("pages", nargs="+")
    call = parser.parse_args()
    bad = False
    for tool, command in (("pdftotext", ["pdftotext", "-enc", "UTF-8", call.pdf, "-"]), ("mutool", ["mutool", "draw", "-q", "-F", "txt", call.pdf])):
        text = subprocess.run(command, capture_output=True, check=True).stdout.decode("utf-8")
        words = printed_words(text)
        places = {}
        for at, word in enumerate(words):
            places.setdefault(word, []).append(at)
        total = have = 0
        missing = []
        for path in call.pages:
            sequence = source_words(path)
            found, lost = find(words, places, sequence)
            total, have = total + len(sequence), have + found
            if lost:
                missing.append(f"{path}: {' '.join(lost[:12])}")
        share = 100 * have / max(total, 1)
        print(f"{tool}: {have} of {total} words in order, {share:.3f} %")
        if share < call.least or not total:
            bad = True
            print("\n".join(missing[:40]))
    sys.exit(bad)


main()
