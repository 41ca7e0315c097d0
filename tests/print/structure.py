#!/usr/bin/python3
"""What our PDF files must be, by pikepdf: colours, boxes and bans for the press; tags, links and order for those who hear a file.

    structure.py FILE.pdf...

A file's name says what it is: *.print.pdf and *.imposed.pdf go to the press, *.archive.pdf into an archive, all others are read on a screen.
Prints what is wrong, a line each, and exits 1 if anything is.
"""
import sys
import pikepdf

PAINTS = {"Tj", "TJ", "'", '"', "f", "F", "f*", "B", "B*", "b", "b*", "S", "s", "sh", "EI", "Do"}
COLOURED = {"rg", "RG", "cs", "CS", "sc", "SC", "scn", "SCN", "sh", "gs"}
BLOCKS = {"Document", "Part", "Sect", "Div", "TOC", "TOCI", "Table", "TR", "L", "LI", "Index"}   # hold elements, not text
PARENTS = {"TR": {"Table", "THead", "TBody", "TFoot"}, "TH": {"TR"}, "TD": {"TR"}, "LI": {"L"}, "Lbl": {"LI", "Note", "TOCI"}, "LBody": {"LI"}, "TOCI": {"TOC"}}
STANDARD = BLOCKS | set(PARENTS) | {"P", "H1", "H2", "H3", "H4", "H5", "H6", "Figure", "Caption", "Note", "Reference", "Link", "Span", "Code", "BlockQuote"}


class File:
    def __init__(self, path):
        self.path, self.faults, self.pdf = path, [], pikepdf.open(path)
        self.root = self.pdf.Root

    def fault(self, text):
        self.faults.append(text)

    # --- content -------------------------------------------------------------------------------------------------------------

    def content(self, stream, where, tagged):
        """Colours are grey; sequences are closed; with TAGGED every mark lies in one. Returns the sequences: {MCID: type}."""
        stack, sequences, saved, text, bare = [], {}, 0, False, 0
        for operands, operator in pikepdf.parse_content_stream(stream):
            op = str(operator)
            if op in COLOURED:
                self.fault(f"{where}: colour or state operator {op}")
            elif op in ("k", "K") and any(float(v) for v in operands[:3]):
                self.fault(f"{where}: colour in {op}")
            elif op in ("g", "G") and not 0 <= float(operands[0]) <= 1:
                self.fault(f"{where}: grey of {operands[0]}")
            elif op in ("BDC", "BMC"):
                stack.append(str(operands[0]))
                if op == "BDC" and isinstance(operands[1], pikepdf.Dictionary) and "/MCID" in operands[1]:
                    number = int(operands[1].MCID)
                    if number in sequences:
                        self.fault(f"{where}: MCID {number} twice")
                    sequences[number] = str(operands[0])[1:]
            elif op == "EMC":
                if not stack:
                    self.fault(f"{where}: EMC without a beginning")
                else:
                    stack.pop()
            elif op in ("BT", "ET"):
                if text == (op == "BT"):
                    self.fault(f"{where}: {op} out of order")
                text = op == "BT"
            elif op in ("q", "Q"):
                saved += 1 if op == "q" else -1
                if saved < 0:
                    self.fault(f"{where}: Q without q")
            if op in PAINTS:
                bare += not stack
                if text and not op.startswith(("T", "'", '"')):
                    self.fault(f"{where}: {op} within text")
        if stack or text or saved > 0:
            self.fault(f"{where}: ends within a sequence, a text or a q")
        if tagged and bare:
            self.fault(f"{where}: {bare} marks outside of any sequence")
        if sorted(sequences) != list(range(len(sequences))):
            self.fault(f"{where}: MCIDs are not 0 to {len(sequences) - 1}")
        return sequences

    def forms(self):
        for obj in self.pdf.objects:
            if isinstance(obj, pikepdf.Stream) and obj.get("/Subtype") == "/Form":
                self.content(obj, f"form {obj.objgen[0]}", False)
                if "/Group" in obj:
                    self.fault(f"form {obj.objgen[0]}: transparency group")

    def objects(self):
        """What no file of ours may hold."""
        for obj in self.pdf.objects:
            if not isinstance(obj, (pikepdf.Dictionary, pikepdf.Stream)):
                continue
            name = f"object {obj.objgen[0]}"
            if obj.get("/Type") == "/FontDescriptor" and not any(k in obj for k in ("/FontFile", "/FontFile2", "/FontFile3")):
                self.fault(f"{name}: font {obj.get('/FontName')} is not embedded")
            if obj.get("/Type") == "/Font" and obj.get("/Subtype") == "/Type0" and "/ToUnicode" not in obj:
                self.fault(f"{name}: font {obj.get('/BaseFont')} has no ToUnicode")
            if obj.get("/Subtype") == "/Image" and obj.get("/ColorSpace") != "/DeviceGray" and not obj.get("/ImageMask"):
                self.fault(f"{name}: picture in {obj.get('/ColorSpace')}")
            if any(k in obj for k in ("/SMask", "/JavaScript", "/JS", "/EmbeddedFile", "/EF")):
                self.fault(f"{name}: transparency, script or attachment")

    # --- boxes ---------------------------------------------------------------------------------------------------------------

    def boxes(self, page, where, wanted):
        media = [float(v) for v in page.mediabox]
        for name in wanted:
            if name not in page.obj:
                self.fault(f"{where}: no {name}")
                continue
            box = [float(v) for v in page.obj[name]]
            if box[0] < media[0] - .01 or box[1] < media[1] - .01 or box[2] > media[2] + .01 or box[3] > media[3] + .01 or box[0] >= box[2] or box[1] >= box[3]:
                self.fault(f"{where}: {name} {box} is not within MediaBox {media}")
        if "/BleedBox" in page.obj and "/TrimBox" in page.obj:
            bleed, trim = [float(v) for v in page.obj.BleedBox], [float(v) for v in page.obj.TrimBox]
            if bleed[0] > trim[0] or bleed[1] > trim[1] or bleed[2] < trim[2] or bleed[3] < trim[3]:
                self.fault(f"{where}: TrimBox is not within BleedBox")

    # --- for the press -------------------------------------------------------------------------------------------------------

    def press(self):
        info = self.pdf.trailer.get("/Info", {})
        for key in ("/Title", "/CreationDate", "/ModDate"):
            if key not in info:
                self.fault(f"Info without {key}")
        if info.get("/Trapped") != "/False":
            self.fault("Info does not say Trapped False")
        intents = [i.get("/S") for i in self.root.get("/OutputIntents", [])]
        if "/GTS_PDFX" not in intents:
            self.fault("no OutputIntent GTS_PDFX")
        if "/GTS_PDFXVersion" in info and self.pdf.pdf_version != "1.4":
            self.fault(f"PDF {self.pdf.pdf_version} is not PDF/X-1a's 1.4")
        if "/ID" not in self.pdf.trailer:
            self.fault("no ID")
        for key in ("/StructTreeRoot", "/AcroForm", "/OpenAction", "/Names", "/AA"):
            if key in self.root:
                self.fault(f"the catalog has {key}")
        for n, page in enumerate(self.pdf.pages, 1):
            where = f"page {n}"
            self.content(page.obj, where, False)
            self.boxes(page, where, ("/TrimBox", "/BleedBox"))
            for key in ("/Group", "/Annots", "/AA"):
                if key in page.obj:
                    self.fault(f"{where}: {key}")

    # --- for the archive -----------------------------------------------------------------------------------------------------

    def archive(self):
        if "/GTS_PDFA1" not in [i.get("/S") for i in self.root.get("/OutputIntents", [])]:
            self.fault("no OutputIntent GTS_PDFA1")
        if b"<pdfaid:part>1" not in self.root.Metadata.read_bytes():
            self.fault("XMP without pdfaid:part")
        for n, page in enumerate(self.pdf.pages, 1):
            self.content(page.obj, f"page {n}", False)
            self.boxes(page, f"page {n}", ("/TrimBox",))
        self.links(None)

    # --- for the screen ------------------------------------------------------------------------------------------------------

    def number_tree(self, node):
        out, todo = {}, [node]
        while todo:
            it = todo.pop()
            numbers = list(it.get("/Nums", []))
            if numbers and "/Limits" in it and [int(v) for v in it.Limits] != [int(numbers[0]), int(numbers[-2])]:
                self.fault("parent tree: a leaf's Limits are wrong")
            out.update({int(numbers[i]): numbers[i + 1] for i in range(0, len(numbers), 2)})
            todo += list(it.get("/Kids", []))
        return out

    def links(self, parents):
        for n, page in enumerate(self.pdf.pages, 1):
            for a in page.obj.get("/Annots", []):
                where = f"page {n}: link {str(a.get('/Contents', ''))!r}"
                if a.get("/Subtype") != "/Link":
                    self.fault(f"page {n}: annotation {a.get('/Subtype')}")
                    continue
                if not str(a.get("/Contents", "")).strip():
                    self.fault(f"page {n}: link without Contents")
                if ("/A" in a) == ("/Dest" in a):
                    self.fault(f"{where} leads nowhere")
                if "/Dest" in a and a.Dest[0].objgen not in self.page_numbers:
                    self.fault(f"{where} leads to no page")
                left, bottom, right, top = [float(v) for v in a.Rect]
                if left >= right or bottom >= top:
                    self.fault(f"{where} has an empty Rect")
                if parents is None:
                    continue
                element = parents.get(int(a.get("/StructParent", -1)))
                if element is None or element.get("/S") != "/Link":
                    self.fault(f"{where} belongs to no Link")
                elif not any(k.get("/Obj") is not None and k.Obj.objgen == a.objgen for k in self.dictionaries(element)):
                    self.fault(f"{where}: its Link does not name it")

    @staticmethod
    def kids(element):
        k = element.get("/K")
        return [] if k is None else list(k) if isinstance(k, pikepdf.Array) else [k]

    def dictionaries(self, element):
        return [k for k in self.kids(element) if isinstance(k, pikepdf.Dictionary)]

    def attribute(self, element, key):
        a = element.get("/A")
        for it in [] if a is None else list(a) if isinstance(a, pikepdf.Array) else [a]:
            if isinstance(it, pikepdf.Dictionary) and key in it:
                return it[key]
        return None

    def element(self, it, parent, page):
        """One element and all below it, in reading order."""
        kind = str(it.get("/S", "/?"))[1:]
        where = f"{kind} {it.objgen[0]}"
        if kind not in STANDARD:
            self.fault(f"{where}: not a standard type")
        if kind in PARENTS and parent not in PARENTS[kind]:
            self.fault(f"{where} lies in {parent}")
        if kind == "TH" and self.attribute(it, "/Scope") is None:
            self.fault(f"{where} has no Scope")
        if kind == "L" and self.attribute(it, "/ListNumbering") is None:
            self.fault(f"{where} has no ListNumbering")
        if kind == "Figure" and not str(it.get("/Alt", "")).strip():
            self.fault(f"{where} has no Alt")
        if kind == "Figure" and self.attribute(it, "/BBox") is None:
            self.fault(f"{where} has no BBox")
        if kind == "Note" and str(it.get("/ID", "")) in self.ids | {""}:
            self.fault(f"{where}: its ID is missing or not its own")
        self.ids.add(str(it.get("/ID", "")))
        if len(kind) == 2 and kind[0] == "H" and kind[1].isdigit():
            level = int(kind[1])
            if level > self.level + 1:
                self.fault(f"{where} follows a heading of level {self.level}")
            self.level = level
        if kind == "Table":
            rows = [sum(str(c.get("/S")) in ("/TH", "/TD") for c in self.dictionaries(r)) for r in self.dictionaries(it) if str(r.get("/S")) == "/TR"]
            if not rows:
                self.fault(f"{where} has no rows")
            if len(set(rows)) > 1 and not self.spans(it):
                self.fault(f"{where}: rows of {sorted(set(rows))} cells")
        page = it.get("/Pg", page)
        for kid in self.kids(it):
            self.kid(kid, it, kind, where, it.get("/Pg", None))

    def spans(self, table):
        return any(self.attribute(c, "/ColSpan") is not None or self.attribute(c, "/RowSpan") is not None
                   for r in self.dictionaries(table) for c in self.dictionaries(r))

    def kid(self, kid, element, kind, where, page):
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            if kid.P.objgen != element.objgen:
                self.fault(f"{where}: a kid names another parent")
            self.element(kid, kind, page)
            return
        if isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") == "/OBJR":
            return
        if kind in BLOCKS:
            self.fault(f"{where} holds text itself")
        if isinstance(kid, pikepdf.Dictionary):
            page, number = kid.get("/Pg", page), int(kid.MCID)
        else:
            number = int(kid)
        if page is None:
            self.fault(f"{where}: MCID {number} of no page")
            return
        key = (self.page_numbers.get(page.objgen), number)
        if key in self.heard:
            self.fault(f"{where}: MCID {number} is heard twice")
        self.heard[key] = (element.objgen, kind)

    def tagged(self):
        root = self.root
        if "/StructTreeRoot" not in root or not root.get("/MarkInfo", {}).get("/Marked"):
            self.fault("not tagged")
            return
        if not str(root.get("/Lang", "")):
            self.fault("no language")
        if "/Outlines" not in root or "/First" not in root.Outlines:
            self.fault("no outline")
        if not root.get("/ViewerPreferences", {}).get("/DisplayDocTitle"):
            self.fault("the title is not displayed")
        if b"pdfuaid:part" not in root.Metadata.read_bytes() or b"dc:title" not in root.Metadata.read_bytes():
            self.fault("XMP without title or pdfuaid:part")
        if "/PageLabels" not in root:
            self.fault("no page labels")
        parents = self.number_tree(root.StructTreeRoot.get("/ParentTree", {}))
        self.level, self.ids, self.heard = 0, set(), {}
        tops = self.kids(root.StructTreeRoot)
        if [str(t.get("/S")) for t in tops] != ["/Document"]:
            self.fault("the structure tree is not one Document")
        for top in tops:
            self.element(top, "", None)
        seen = 0
        for n, page in enumerate(self.pdf.pages):
            where = f"page {n + 1}"
            sequences = self.content(page.obj, where, True)
            self.boxes(page, where, ("/TrimBox",))
            if page.obj.get("/Tabs") != "/S":
                self.fault(f"{where}: Tabs is not S")
            have = parents.get(int(page.obj.get("/StructParents", -1)))
            if have is None or len(have) != len(sequences):
                self.fault(f"{where}: {len(sequences)} sequences, parent tree: {'none' if have is None else len(have)}")
                continue
            for number, kind in sequences.items():
                element = self.heard.get((n, number))
                if element is None or element[0] != have[number].objgen:
                    self.fault(f"{where}: MCID {number} and the tree do not agree")
                elif element[1] != kind:
                    self.fault(f"{where}: MCID {number} is {kind}, in the tree {element[1]}")
            seen += len(sequences)
        if seen != len(self.heard):
            self.fault(f"the tree holds {len(self.heard)} sequences, the pages {seen}")
        self.links(parents)

    def check(self):
        self.page_numbers = {page.obj.objgen: n for n, page in enumerate(self.pdf.pages)}
        self.objects()
        self.forms()
        if self.path.endswith((".print.pdf", ".imposed.pdf")):
            self.press()
        elif self.path.endswith(".archive.pdf"):
            self.archive()
        else:
            self.tagged()
        return self.faults


bad = 0
for path in sys.argv[1:]:
    faults = File(path).check()
    bad |= bool(faults)
    for text in faults[:40]:
        print(f"{path}: {text}")
    if len(faults) > 40:
        print(f"{path}: and {len(faults) - 40} more")
sys.exit(bad)
