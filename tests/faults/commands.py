"""commands.py - what step.py fails calls of: each command, what it writes, what it is given, and how the world is that it begins in."""
import dataclasses
import os
import shutil
import subprocess

import small
import talk

CLOCK = ['--clock', small.CLOCK]
BUILD = ['build', *CLOCK]
STALE = '.output.new-999999'   # a stage whose run was killed


@dataclasses.dataclass
class Command:
    """One way to call the program. Paths are relative to the world's folder, in which the site is site/."""
    words: list
    out: str = 'site/output'       # what it writes, which is put back as it was after each run
    seen: str = ''                 # what is compared of that, "git:FOLDER BRANCH" the files of a branch; '': all of it
    also: str = ''                 # where that may stand too
    first: tuple = (BUILD,)        # calls that leave the old edition
    site: str = ''                 # lines for site.yaml
    env: dict = dataclasses.field(default_factory=dict)
    at: str = 'site'               # where it runs
    roots: str = ''                # where calls are failed; '': in all of the world
    cold: bool = False             # without a cache
    edits: bool = False            # it changes what it reads: the state before it is the old one
    several: bool = False          # it has no single step: the next run mends what is half done
    asked: bool = False            # what it answers may be that a file is at fault: status 1, and the file's name
    talk: object = None            # (world, process): it serves, and is asked; as World.run
    judge: object = None           # (world, result, faults): what is wrong
    make: object = None            # (world): more of the world, before the old edition
    anew: object = None            # (world): what comes with the new edition
    before: object = None          # (world): before each run


def edit(words, out='site/content', **more):
    return Command(words, out, first=(), edits=True, **more)


# --- worlds -------------------------------------------------------------------------------------------------------------------
#
# make and before of a command: more of the world W, once before the old edition is made, and before each run.

def hide(w, folder):
    """A repository in an output, as the branch of pages hosting has."""
    small.write(w.top, folder + '/.git/config', 'kept')


def stale(w):
    """The stage of a run that was killed when the repository of the output had moved into it already."""
    shutil.rmtree(os.path.join(w.out, '.git'), ignore_errors=True)
    hide(w, f'site/{STALE}')


def aside(w):
    """On a disk without exchange a run was killed between its two renames."""
    small.write(w.site, STALE + '/site/index.html', 'half')
    shutil.rmtree(os.path.join(w.site, STALE + '.old'), ignore_errors=True)
    os.rename(w.out, os.path.join(w.site, STALE + '.old'))


def law(w):
    small.write(w.top, 'page.md', '# Закон\n\n**Статья 1.** Дом\n\nСлова.\n\n![Дом](shot.png)\n')
    small.write(w.top, 'shot.png', small.png(40, 20, 1))
    small.write(w.top, 'map.yaml', 'type: imported\n')
    subprocess.run(['pandoc', 'page.md', '-o', 'law.docx'], cwd=w.top, check=True)


def bare(w):
    """Nothing is where the pictures go."""
    shutil.rmtree(os.path.join(w.site, 'content/media'), ignore_errors=True)


def hooks(w):
    """Another's hook stands there already."""
    small.write(w.site, '.git/hooks/pre-commit', '#!/bin/sh\nexit 0\n')


def own_hooks(w):
    hooks(w)
    w.good(['hook', 'install'])


def past(w):
    """A page had another name before, and not quite the same text."""
    was, now = 'content/faq/was.ru.md', 'content/faq/two.ru.md'
    path = os.path.join(w.site, now)
    with open(path, encoding='utf-8') as file:
        text = file.read()
    small.git(w.site, 'mv', now, was)
    small.write(w.site, was, text + '\nA line that went.\n')
    small.git(w.site, 'commit', '-q', '-a', '-m', 'was', day='2026-03-08')
    small.git(w.site, 'mv', was, now)
    small.write(w.site, now, text)
    small.git(w.site, 'commit', '-q', '-a', '-m', 'now', day='2026-03-09')


def hub(w):
    """A bare repository of which site.git/ shows a branch; it is pushed to once more."""
    small.git(w.top, 'init', '-q', '--bare', '-b', 'main', 'hub.git')
    small.git(os.path.join(w.top, 'hub.git'), 'config', 'rohnamo.target', os.path.join(w.top, 'live/site'))
    for branch in ('main', 'draft'):
        push(w, branch)
        w.good(w.words())


def push(w, branch='draft'):
    if subprocess.run(['git', 'diff', '--quiet'], cwd=w.site, check=False).returncode:
        small.git(w.site, 'commit', '-q', '-a', '-m', 'new')
    small.git(w.site, 'push', '-q', '../hub.git', f'HEAD:refs/heads/{branch}')
    tip = subprocess.run(['git', 'rev-parse', 'HEAD'], cwd=w.site, check=True, stdout=subprocess.PIPE, text=True).stdout.strip()
    w.given = f'{"0" * 40} {tip} refs/heads/{branch}\n'


def gone(w):
    """The branch was taken away again."""
    hub(w)
    small.git(os.path.join(w.top, 'hub.git'), 'branch', '-q', '-D', 'draft')
    tip = w.given.split()[1]
    w.given = f'{tip} {"0" * 40} refs/heads/draft\n'


def other(w):
    small.git(w.top, 'init', '-q', '--bare', 'other.git')


def shelf(w):
    """Two editions before the one that is shown."""
    for edition in ('old', 'new'):
        small.write_site(w.site, edition)
        w.good(TO_SHELF)
    small.write_site(w.site, 'old')


def taken(w):
    """A folder has the place of the site, an empty one, and there are previews."""
    for folder in ('site', '.site.editions/preview'):
        os.makedirs(os.path.join(w.top, 'live', folder))


def previews(w):
    os.makedirs(os.path.join(w.top, 'live/.site.editions/preview'))


# --- commands -----------------------------------------------------------------------------------------------------------------

IMPORT = ['import', 'csv', '--type', 'imported', '../table.csv']
PUBLISH = ['publish', '-j1', *CLOCK]
TO_SHELF, TO_CARD, TO_PAGES, TO_OTHER = ([*PUBLISH, to] for to in ('../live/site', 'folder:../card', 'git:pages', 'git:../other.git#web'))
RUN = ['build', '-j1', *CLOCK]
PLAIN, INSIDE = {'FAULT_NO_EXCHANGE': '1'}, {'FAULT_INSIDE': '1'}
MORE = 'base_url: https://example.org/\nprecompress: true\noffline: {core: [faq/one]}\n'

COMMANDS = {
    'build': Command(RUN),
    'cold': Command(RUN, cold=True),
    'past': Command(RUN, cold=True, make=past),
    'full': Command(RUN, cold=True, site=MORE),
    'print': Command(['print', '-j1', *CLOCK]),
    'publish': Command(TO_SHELF, 'live', 'live/site', first=(TO_SHELF,)),
    'shelf': Command(TO_SHELF, 'live', 'live/site', first=(TO_SHELF,), roots='live'),
    'card': Command(TO_CARD, 'card', first=(TO_CARD,), several=True),
    'check': Command(['check', '-j1', *CLOCK]),
    'search': Command(['search', '-l', 'ru', 'патент']),
    'import': Command(IMPORT, 'site/content/imported', first=(), several=True),
    'import-again': Command(IMPORT, 'site/content/imported', first=(IMPORT,), several=True, anew=lambda w: w.table(4)),
    'new': edit(['new', 'imported', 'three']),
    'rename': edit(['rename', 'faq/two', 'help/second']),
    'remove': edit(['remove', '--force', 'faq/two']),
    'translated': edit(['translated', 'content/faq/one.tg.md']),
    'init': edit(['init', '../fresh'], 'fresh'),
    'plugin': edit(['new', 'plugin', 'mine'], 'site/plugins'),
    # Where the disk knows no renames that exchange, nothing may be written beside the output, or an earlier run was killed.
    'plain': Command(RUN, env=PLAIN, make=lambda w: hide(w, 'site/output')),
    'inside': Command(RUN, seen='site/output/site', env=INSIDE, make=lambda w: hide(w, 'site/output')),
    'inside-plain': Command(RUN, seen='site/output/site', env=PLAIN | INSIDE),
    'stale': Command(RUN, seen='site/output/site', before=stale),
    'aside': Command(RUN, also=f'site/{STALE}.old', env=PLAIN, before=aside),
    'rename-plain': edit(['rename', 'faq/two', 'help/second'], env=PLAIN),
    'taken': Command(TO_SHELF, 'live', 'live/site', first=(), env=PLAIN, make=taken),
    'taken-new': Command([*TO_SHELF, '--no-sandbox'], 'live', 'live/site', first=(), make=taken),
    'back': Command(['publish', '--rollback', '../live/site'], 'live', 'live/site', first=(TO_SHELF,), make=shelf),
    'card-check': Command(['publish', '--verify', 'folder:../card'], 'card', 'card/ru', first=(TO_CARD,), asked=True, before=lambda w: None),
    'phones': Command(['publish', '-n', *CLOCK, '../live/site'], 'live', first=(TO_SHELF,), site='offline: {core: [faq/one]}\n'),
    'phones-card': Command(['publish', '-n', *CLOCK, 'folder:../card'], 'card', first=(TO_CARD,), site='offline: {core: [faq/one]}\n'),
    'pages': Command(TO_PAGES, 'site/.git/refs', 'git:site pages', first=(TO_PAGES,)),
    'other': Command(TO_OTHER, 'other.git', 'git:other.git web', first=(TO_OTHER,), make=other),
    'mirror': Command(TO_OTHER, 'other.git', 'git:other.git web', first=(TO_OTHER,), make=other, roots='home', before=lambda w: shutil.rmtree(os.path.join(w.top, 'home/.cache'), ignore_errors=True)),
    'preview': Command(['hook', 'run', 'post-receive'], 'live', 'live/site/preview/draft', first=(), at='hub.git', make=hub, anew=push),
    'preview-gone': Command(['hook', 'run', 'post-receive'], 'live', 'live/site/preview/draft', first=(), at='hub.git', several=True, make=gone),
    'hook': Command(['hook', 'install'], 'site/.git/hooks', first=(), make=hooks),
    'hook-again': Command(['hook', 'install'], 'site/.git/hooks', first=(), make=own_hooks),
    'hook-remove': Command(['hook', 'remove'], 'site/.git/hooks', first=(), make=own_hooks),
    'verify': Command(['verify', 'output'], site='sums: true\n', asked=True),
    'verify-shelf': Command(['verify', '../live/site'], 'live', first=(TO_SHELF,), site='sums: true\n', asked=True, make=previews),
    'old': Command(RUN, env={'FAULT_OLD': '1'}),
    'zim': Command(RUN, cold=True, site='share: {zim: true}\n'),
    'serve': Command(['serve', '--cms', '--port', '0', *CLOCK], 'site', edits=True, first=(BUILD,), talk=talk.talk, judge=talk.judge),
    'law': Command(['import', 'docx', '../law.docx', '--type', 'imported', '--lang', 'ru', '--name', 'house', '--map', '../map.yaml'], 'site/content/imported', first=(), several=True, make=law, before=bare),
}
