"""small.py - the small site that faults are put into, and what its output is compared by.

One build of it meets all that a press does: two languages, a picture in two widths, a plugin with a block and a page, the index, one printed
product, bundles, precompressed files, a repository with two commits. edition 'old' and edition 'new' differ in every page.
"""
import hashlib
import os
import struct
import subprocess
import zlib

CLOCK = '2026-06-01'


def png(width, height, seed):
    rows = b''.join(b'\0' + bytes((x * 7 + y * 3 + seed) & 255 if c == 0 else (x ^ y) & 255 for x in range(width) for c in range(3)) for y in range(height))
    def chunk(name, data):
        return struct.pack('>I', len(data)) + name + data + struct.pack('>I', zlib.crc32(name + data))
    return b'\x89PNG\r\n\x1a\n' + chunk(b'IHDR', struct.pack('>IIBBBBB', width, height, 8, 2, 0, 0, 0)) + chunk(b'IDAT', zlib.compress(rows)) + chunk(b'IEND', b'')


def write(folder, name, data):
    path = os.path.join(folder, name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, 'wb') as file:
        file.write(data if isinstance(data, bytes) else data.encode())


def write_site(folder, edition, more=''):
    """The files of EDITION; those of the other one are replaced. more: lines of site.yaml in place of those of the same name."""
    text = '''title: {ru: Сайт, tg: Сомона}
languages: [ru, tg]
plugins: [count]
search: true
images: true
share: {zim: false}
print:
  address: https://example.org/
  products: [card]
'''
    names = {line.split(':')[0] for line in more.split('\n') if line}
    write(folder, 'content/site.yaml', '\n'.join(line for line in text.split('\n') if line.split(':')[0] not in names or not line) + more)
    for lang in ('ru', 'tg'):
        write(folder, f'content/faq/_index.{lang}.md', '---\ntitle: Вопросы\n---\n')
    for lang, word in (('ru', 'патент'), ('tg', 'патент')):
        write(folder, f'content/faq/one.{lang}.md', f'---\ntitle: Один {edition}\ndescription: Первый\ntags: [a]\n---\n\n## Глава\n\nСлово {word} и [второй](/faq/two), {edition}.\n\n![снимок](/media/shot.png)\n\n```count\n12\n```\n')
        write(folder, f'content/faq/two.{lang}.md', f'---\ntitle: Два {edition}\ndate: 2026-01-02\n---\n\nЕщё текст, {edition}.\n')
    write(folder, 'content/media/shot.png', png(640, 20, 1 if edition == 'old' else 2))
    write(folder, 'plugins/count/README.md', '# count\n\nCounts.\n')
    write(folder, 'plugins/count/init.lua', 'return {\n  blocks = { count = function (block) return "Число " .. tostring(tonumber(block.text) or 0) end },\n}\n')


def git(folder, *words, day='2026-03-01'):
    env = dict(os.environ, GIT_AUTHOR_NAME='Editor', GIT_AUTHOR_EMAIL='e@example.org', GIT_COMMITTER_NAME='Editor', GIT_COMMITTER_EMAIL='e@example.org',
               GIT_AUTHOR_DATE=day + 'T12:00:00+0000', GIT_COMMITTER_DATE=day + 'T12:00:00+0000', GIT_CONFIG_GLOBAL='/dev/null', GIT_CONFIG_NOSYSTEM='1')
    subprocess.run(['git', '-C', folder, '-c', 'gc.auto=0', *words], check=True, env=env, stdout=subprocess.DEVNULL)


def state(folder):
    """What is in FOLDER as one hash; None: there is none."""
    if not os.path.isdir(folder):
        return None
    total = hashlib.sha256()
    for top, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            path = os.path.join(top, name)
            total.update(os.path.relpath(path, folder).encode() + b'\0')
            if os.path.islink(path):
                total.update(os.readlink(path).encode())
                continue
            with open(path, 'rb') as file:
                total.update(hashlib.sha256(file.read()).digest())
    return total.hexdigest()


def state_of_branch(top, folder, branch):
    """The files of the branch as one hash; None: there is no such branch."""
    git = ['git', '-C', os.path.join(top, folder)]
    found = subprocess.run([*git, 'rev-parse', '-q', '--verify', branch + '^{tree}'], stdout=subprocess.PIPE, check=False, text=True).stdout.strip()
    # A branch may be of objects that nobody can read.
    whole = not found or not subprocess.run([*git, 'archive', '--format=tar', '-o', '/dev/null', branch], stderr=subprocess.DEVNULL, check=False).returncode
    return (found if whole else 'broken') or None
