#!/bin/bash
# preflight.sh - Apache PDFBox holds files against PDF/A-1b.
#
#   tests/print/preflight.sh FILE.pdf...     exit 0: all are; 2: PDFBox is not here (Debian: libpdfbox2-java libactivation-java libjaxb-api-java default-jre-headless)
set -uo pipefail
path=
for name in preflight pdfbox2 fontbox2 xmpbox commons-logging commons-io jaxb-api javax.activation; do
	[ -e "/usr/share/java/$name.jar" ] || { echo "preflight.sh: /usr/share/java/$name.jar is missing" >&2; exit 2; }
	path+=/usr/share/java/$name.jar:
done
command -v java >/dev/null || { echo "preflight.sh: java is missing" >&2; exit 2; }
bad=0
for file; do
	said=$(java -cp "$path" org.apache.pdfbox.preflight.Validator_A1b "$file" 2>&1)
	grep -q ' is a valid PDF/A-1b file' <<<"$said" || { echo "$file:"; echo "$said"; bad=1; }
done
exit $bad
