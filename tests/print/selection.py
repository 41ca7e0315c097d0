#!/usr/bin/python3
"""The Markdown files that a print product takes in a language, in order, one a line: worked out from the YAML and the front matter, apart from the press.

    selection.py SITE PRODUCT LANG      SITE: the folder that holds content/

What it knows is what the starter content uses: `select:` with sections, pages (or sections among them) and exclude; pages of a section by weight, or, where the product
has `groups: true`, by their groups first; sections in the order of site.yaml.
"""
import datetime, itertools, pathlib, re, sys
import yaml


def front(path):
    found = re.match(r"\ufeff?---\r?\n(.*?)\r?\n---", path.read_text(encoding="utf-8"), re.S)
    return (yaml.safe_load(found[1]) or {}) if found else {}


def entry(site, product):
    for it in site["print"]["products"]:
        if it == product or isinstance(it, dict) and it["name"] == product:
            return it if isinstance(it, dict) else {}
    sys.exit(f"site.yaml lists no product {product}")


def says(root, product, own, key):
    """What KEY of a product is: its entry's, its file's, or that of what it extends."""
    while key not in own:
        path = root / "layouts" / "print" / f"{product}.yaml"
        file = yaml.safe_load(path.read_text(encoding="utf-8")) if path.exists() else {}
        if key in file:
            return file[key]
        product = own.get("extends") or file.get("extends")
        if not product:
            return None
        own = {}
    return own[key]


def group(content, section, key):
    """The number of the page's group in its type's schema; before all: none. A shared field stands in one language's file."""
    schema = content / section / "_type.yaml"
    kind = yaml.safe_load(schema.read_text(encoding="utf-8")) if schema.exists() else {}
    name = kind.get("group_by")
    if not name:
        return -1
    values = [front(path).get(name) for path in content.glob(f"{key}.*.md")]
    order = list(kind["fields"][name]["values"])
    return next((order.index(value) for value in values if value in order), -1)


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
    root, product, language = pathlib.Path(sys.argv[1]), sys.argv[2], sys.argv[3]
    content = root / "content"
    site = yaml.safe_load((content / "site.yaml").read_text(encoding="utf-8"))
    own = entry(site, product)
    select = own.get("select", {})
    if unknown := set(select) - {"sections", "pages", "exclude"}:
        sys.exit(f"selection.py does not know {', '.join(unknown)}")
    named, chosen = select.get("pages"), []
    for section in site["sections"]:
        for key, path in pages(content, section, language, site["languages"]):
            parts = {"/".join(key.split("/")[:n]) for n in range(1, key.count("/") + 2)}
            if ("sections" in select and not parts & set(select["sections"])) or parts & set(select.get("exclude", [])) or (named and not parts & set(named)):
                continue
            chosen.append((min(named.index(part) for part in parts & set(named)) if named else 0, site["sections"].index(section), key, path))
    chosen.sort(key=lambda it: it[:1])
    if says(root, product, own, "groups"):
        # Within a chapter: pages of one section that follow one another.
        chapters = [list(run) for _, run in itertools.groupby(chosen, key=lambda it: it[1])]
        chosen = [it for run in chapters for it in sorted(run, key=lambda it: group(content, site["sections"][it[1]], it[2]))]
    print("\n".join(str(it[3]) for it in chosen))


main()
