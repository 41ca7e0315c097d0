#!/usr/bin/python3
"""The Markdown files that a print product takes in a language, in order, one a line: worked out from the YAML and the front matter, apart from the press.

    selection.py SITE PRODUCT LANG      SITE: the folder that holds content/

What it knows is what the starter content uses: `select:` with sections, pages and exclude; pages of a section by weight; sections in the order of site.yaml.
"""
import datetime, pathlib, re, sys
import yaml


def front(path):
    found = re.match(r"\ufeff?---\r?\n(.*?)\r?\n---", path.read_text(encoding="utf-8"), re.S)
    return (yaml.safe_load(found[1]) or {}) if found else {}


def entry(site, product):
    for it in site["print"]["products"]:
        if it == product or isinstance(it, dict) and it["name"] == product:
            return it if isinstance(it, dict) else {}
    sys.exit(f"site.yaml lists no product {product}")


def is_shown(head):
    today = datetime.date.today()
    dates = [(key, head[key]) for key in ("expiryDate", "publishDate", "date") if key in head]
    dates = {key: value.date() if isinstance(value, datetime.datetime) else value for key, value in dates}
    return not head.get("draft") and not dates.get("expiryDate", datetime.date.max) <= today and not dates.get("publishDate", datetime.date.min) > today


def pages(content, section, language, languages):
    """(key, file) of the pages of SECTION; what a language lacks is shown in the next."""
    found = {}
    for path in (content / section).glob("**/*.md"):
        key, _, of = path.relative_to(content).with_suffix("").as_posix().rpartition(".")
        if of in languages and not path.name.startswith("_index.") and (key not in found or of == language):
            found[key] = path
    heads = {key: front(path) for key, path in found.items()}
    shown = [key for key in found if is_shown(heads[key])]
    return [(key, found[key]) for key in sorted(shown, key=lambda key: (heads[key].get("weight", 1 << 30), key))]


def main():
    content, product, language = pathlib.Path(sys.argv[1]) / "content", sys.argv[2], sys.argv[3]
    site = yaml.safe_load((content / "site.yaml").read_text(encoding="utf-8"))
    select = entry(site, product).get("select", {})
    if unknown := set(select) - {"sections", "pages", "exclude"}:
        sys.exit(f"selection.py does not know {', '.join(unknown)}")
    chosen = []
    for section in site["sections"]:
        for key, path in pages(content, section, language, site["languages"]):
            parts = {"/".join(key.split("/")[:n]) for n in range(1, key.count("/") + 2)}
            if ("sections" not in select or parts & set(select["sections"])) and not parts & set(select.get("exclude", [])) and key in select.get("pages", [key]):
                chosen.append((key, path))
    if "sections" not in select and "pages" in select:
        chosen.sort(key=lambda it: select["pages"].index(it[0]))
    print("\n".join(str(path) for _, path in chosen))


main()
