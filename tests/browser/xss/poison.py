"""poison.py - puts a vector behind every text of a site's tables, each place another one.

     poison.py DATA       the folder with the tables; prints how many texts were changed

What is no text for readers (keys, dates, numbers, codes, addresses of this site) stays, so that plugins still make their pages of it. A text of several lines tries to
become lines of its own in files that have one fact a line."""
import csv
import io
import pathlib
import re
import sys

import yaml

VECTORS = [
    '<img src=x onerror=alert(§)>', '"><svg onload=alert(§)>', "' autofocus onfocus=alert(§) tabindex=1 x='", '</script><script>alert(§)</script>', '&lt;img src=x onerror=alert(§)&gt;',
    '</title></style></textarea><script>alert(§)</script>', '[x](javascript:alert(§))', '<!--><img src=x onerror=alert(§)>-->', '{{ alert(§) }}<a href="javascript:alert(§)">x</a>',
    '\nEND:VEVENT\nX-EVIL:§\nEND:VCARD\n<img src=x onerror=alert(§)>', ';X-EVIL=§,\\nX-EVIL:§ <math><mi xlink:href="javascript:alert(§)">', '`${alert(§)}`\u2028alert(§)//</option></select><img src=x onerror=alert(§)>']
# Words, not codes: a blank between letters, or letters beyond ASCII.
TEXT = re.compile(r'[^\W\d_]\s+[^\W\d_]|[^\x00-\x7f]')
count = 0


def poisoned(text):
    global count
    count += 1
    return text + ' ' + VECTORS[count % len(VECTORS)].replace('§', str(count))


def walk(value):
    if isinstance(value, dict):
        return {key: walk(item) for key, item in value.items()}
    if isinstance(value, list):
        return [walk(item) for item in value]
    return poisoned(value) if isinstance(value, str) and TEXT.search(value) and not value.startswith('http') else value


class Loader(yaml.SafeLoader):
    """Dates stay as they are written."""


Loader.yaml_implicit_resolvers = {key: [(tag, pattern) for tag, pattern in pairs if tag != 'tag:yaml.org,2002:timestamp'] for key, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()}


class Dumper(yaml.SafeDumper):
    """Dates are written without quotes again."""


Dumper.yaml_implicit_resolvers = {key: [(tag, pattern) for tag, pattern in pairs if tag != 'tag:yaml.org,2002:timestamp'] for key, pairs in yaml.SafeDumper.yaml_implicit_resolvers.items()}

for path in sorted(pathlib.Path(sys.argv[1]).rglob('*')):
    if path.suffix == '.yaml' and path.name not in ('synonyms.yaml', 'laws.yaml'):
        path.write_text(yaml.dump(walk(yaml.load(path.read_text(), Loader)), Dumper=Dumper, allow_unicode=True, sort_keys=False, width=10**6))
    elif path.suffix == '.csv':
        rows = list(csv.reader(io.StringIO(path.read_text())))
        rows[1:] = [[poisoned(cell).replace('\n', ' ') if TEXT.search(cell) else cell for cell in row] for row in rows[1:]]
        with path.open('w', newline='') as file:
            csv.writer(file).writerows(rows)
print(count)
