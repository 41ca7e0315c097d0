#!/usr/bin/python3
"""The QR codes of a tagged file: figures whose alternative text is print_qr of some language, with an address in it. A line each: the page's number and that address.

    qr.py FILE.pdf
"""
import pathlib, re, sys
import pikepdf, yaml

LANGUAGES = pathlib.Path(__file__).parents[2] / "layouts" / "lang"


def templates():
    for path in sorted(LANGUAGES.glob("*.yaml")):
        said = yaml.safe_load(path.read_text(encoding="utf-8"))["strings"].get("print_qr")
        if said:
            yield re.compile(re.escape(said).replace(re.escape("{address}"), r"(\S+)"))


def walk(node):
    if isinstance(node, pikepdf.Array):
        for kid in node:
            yield from walk(kid)
    elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
        if node.S == "/Figure" and "/Alt" in node and "/Pg" in node:
            yield node
        if "/K" in node:
            yield from walk(node.K)


known = list(templates())
with pikepdf.open(sys.argv[1]) as pdf:
    numbers = {page.obj.objgen: n for n, page in enumerate(pdf.pages, 1)}
    for figure in walk(pdf.Root.StructTreeRoot.get("/K", pikepdf.Array())):
        for template in known:
            if found := template.fullmatch(str(figure.Alt)):
                print(numbers[figure.Pg.objgen], found[1])
                break
