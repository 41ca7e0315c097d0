#!/usr/bin/python3
"""The addresses that the QR codes of a tagged file say they hold: figures whose alternative text has an address in it, one a line.

    qr.py FILE.pdf
"""
import re, sys
import pikepdf


def walk(node):
    if isinstance(node, pikepdf.Array):
        for kid in node:
            yield from walk(kid)
    elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
        if node.S == "/Figure" and "/Alt" in node:
            yield str(node.Alt)
        if "/K" in node:
            yield from walk(node.K)


with pikepdf.open(sys.argv[1]) as pdf:
    for alt in walk(pdf.Root.StructTreeRoot.get("/K", pikepdf.Array())):
        address = re.search(r"https?://\S+", alt)
        if alt.startswith("QR") and address:
            print(address[0])
