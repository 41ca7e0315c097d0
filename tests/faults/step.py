#!/usr/bin/env python3
"""step.py - fails one call of a command after another, and judges what each run leaves.

    step.py PROGRAM SHIM [--command NAME] [--classes LIST] [--most N] [--at LIST] [--named TEXT] [--jobs N] [--folder DIR] [--show]

--command: one of commands.py (default: build). --classes: names between commas, "open:24" for one errno alone.
--most: how many calls of a class are failed, the first, the last and others spread between them; 0: each. --at: these calls alone, "17,18". -j of the program is 1, so that its calls come in one order.

What editors change is the content: there the state before the call is the old one.

Each run must end in one of two ways: with status 3, a message that names the file, and all that it writes as it was before (a card and an import, which have no single step: mended by the next run); or with status 0 and all of it as an
undisturbed run leaves it, byte for byte. What it left beside that must be gone after the next good run.
"""
import argparse
import errno
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor

import small
from commands import COMMANDS

E = errno
CLASSES = {
    'open': [E.EIO, E.EMFILE, E.ENOSPC], 'read': [E.EIO], 'write': [E.EIO, E.ENOSPC, 0], 'sync': [E.EIO], 'rename': [E.EIO, E.ENOSPC], 'make': [E.ENOSPC, E.EIO],
    'remove': [E.EIO], 'close': [E.EIO], 'map': [E.ENOMEM], 'size': [E.ENOSPC], 'stat': [E.EIO], 'list': [E.EIO], 'lock': [E.ENOLCK], 'thread': [E.EAGAIN], 'random': [E.EIO],
    'alloc': [E.ENOMEM],
}
SHARE = os.environ.get('ROHNAMO_SHARE') or os.path.realpath(os.path.join(os.path.dirname(__file__), '../..'))


# What must be loaded before the shim: the sanitizers' library, which a program that is built with it looks for in the first place.
FIRST = os.environ['FAULTS_FIRST'] + ':' if os.environ.get('FAULTS_FIRST') else ''


class World:
    """A folder with the site in its new edition, and what the command writes as the old edition left it."""

    named = ''   # what the names of the files have in them whose calls are failed

    def __init__(self, program, shim, command, folder):
        self.program, self.shim, self.command = program, shim, COMMANDS[command]
        command = self.command
        self.top = tempfile.mkdtemp(prefix='w-', dir=folder)
        self.site, self.out, self.saved = (os.path.join(self.top, name) for name in ('site', command.out, 'saved'))
        self.seen, self.given = os.path.join(self.top, command.seen) if command.seen else self.out, ''
        self.log = os.path.join(folder, os.path.basename(self.top) + '.log')
        for name in ('home', 'tmp', 'live'):
            os.mkdir(os.path.join(self.top, name))
        if command.out == 'card':
            os.mkdir(self.out)
        self.begin()
        for words in command.first:
            self.good(words)
        small.write_site(self.site, 'new', command.site)
        if command.edits:
            small.git(self.site, 'commit', '-q', '-a', '-m', 'new')
        if command.anew:
            command.anew(self)
        if os.path.isdir(self.out):
            shutil.copytree(self.out, self.saved, symlinks=True)
        self.old = self.state()
        for _ in range(2):
            self.prepare()
            self.good(self.words())
            self.told, self.new = self.said, self.state()
            self.restore()

    def begin(self):
        """The site in its old edition, under git, and what commands are given beside it."""
        small.write_site(self.site, 'old', self.command.site)
        small.git(self.top, 'init', '-q', '-b', 'main', 'site')
        small.write(self.site, '.gitignore', 'output\nbuild\n')
        small.git(self.site, 'config', 'user.name', 'Editor')
        small.git(self.site, 'config', 'user.email', 'e@example.org')
        small.write(self.site, '.mailmap', 'An Editor <e@example.org>\n')
        small.git(self.site, 'add', '-A')
        small.git(self.site, 'commit', '-q', '-m', 'old')
        small.write(self.site, 'content/imported/_type.yaml', 'source_language: ru\nfields:\n  phone: {type: phone, shared: true, label: {ru: Телефон}}\n')
        self.table(3)
        if self.command.make:
            self.command.make(self)

    def table(self, rows):
        small.write(self.top, 'table.csv', 'slug,title,phone\n' + ''.join(f'place-{i},Место {i},+992 {i}{rows}\n' for i in range(rows)))

    def words(self):
        return self.command.words

    def state(self):
        """What is compared of what the command writes."""
        if self.command.seen.startswith('git:'):
            return small.state_of_branch(self.top, *self.command.seen[4:].split())
        return small.state(self.seen) or (small.state(os.path.join(self.top, self.command.also)) if self.command.also else None)

    def prepare(self):
        """What is there anew before each run."""
        if self.command.cold:
            shutil.rmtree(os.path.join(self.site, 'build'), ignore_errors=True)
        if self.command.before:
            self.command.before(self)

    def start(self, words, env=None, wrap=()):
        kept = {name: os.environ[name] for name in ('ASAN_OPTIONS', 'UBSAN_OPTIONS', 'LSAN_OPTIONS', 'G_SLICE', 'GCOV_ERROR_FILE') if name in os.environ}
        base = {**kept, 'PATH': os.environ['PATH'], 'HOME': os.path.join(self.top, 'home'), 'TMPDIR': os.path.join(self.top, 'tmp'), 'LC_ALL': 'C.UTF-8', 'TZ': 'UTC', 'NO_COLOR': '1',
                'ROHNAMO_SHARE': SHARE, 'GIT_CONFIG_NOSYSTEM': '1', 'XDG_CACHE_HOME': os.path.join(self.top, 'home/.cache')}
        return subprocess.Popen([*wrap, self.program, *words], cwd=os.path.join(self.top, self.command.at if words == self.command.words else 'site'), env={**base, **(env or {})}, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def run(self, words, env=None, wrap=(), limit=60):
        process = self.start(words, env, wrap)
        if self.command.talk and words == self.command.words:
            return self.command.talk(self, process)
        try:
            out, err = process.communicate(self.given.encode(), timeout=limit)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            return None, '', ''
        return process.returncode, out.decode(errors='replace'), err.decode(errors='replace')

    def good(self, words):
        code, self.said, err = self.run(words)
        if code != 0:
            raise SystemExit(f'an undisturbed run of {words} ended with {code}: {err}')

    def restore(self):
        shutil.rmtree(self.out, ignore_errors=True)
        if os.path.isdir(self.saved):
            shutil.copytree(self.saved, self.out, symlinks=True)

    def faulted(self, name, at, code, span=1):
        """One run with call AT of class NAME failed: its status, what it said, the calls that were failed, the counts."""
        if os.path.exists(self.log):
            os.unlink(self.log)
        roots = os.path.join(self.top, self.command.roots) if self.command.roots else ':'.join([self.top, SHARE + '/layouts', SHARE + '/plugins', '/usr/share/fonts', '/usr/share/hyphen'])
        env = {'LD_PRELOAD': FIRST + self.shim, 'FAULT_LOG': self.log, 'FAULT_ROOTS': roots, 'FAULT_CLASS': name, 'FAULT_AT': str(at), 'FAULT_ERRNO': str(code), 'FAULT_FOR': str(span),
               'FAULT_NAME': self.named, **self.command.env}
        self.prepare()
        result = self.run(self.words(), env)
        faults, counts = [], {}
        with open(self.log) as log:
            for line in log:
                kind, first, rest = line.rstrip('\n').split(' ', 2)
                if kind == 'fault':
                    faults.append((first, rest.replace(self.top + '/', '').replace(SHARE + '/', '')))
                elif kind == 'count':
                    counts[first] = max(int(rest), counts.get(first, 0))   # a process that it started counts too
        return result, faults, counts

    def litter(self):
        """What a run left that is neither the site nor an output."""
        found = []
        for folder in ('.', 'site', 'tmp', 'site/build/cache', 'site/build/cache/drawn', 'site/build/cache/images', 'site/content/imported', 'site/content', 'site/content/faq', 'live', 'card', 'site/output'):
            path = os.path.join(self.top, folder)
            for name in os.listdir(path) if os.path.isdir(path) else []:
                known = name in ('.git', '.gitignore', '.mailmap', '.site.editions') or not (name.startswith('.') or folder == 'tmp' or name.endswith(('.part', '.sha256.new')) or re.search(r'\.[0-9A-Z]{6}$', name))
                if not known:
                    found.append(os.path.join(folder, name))
        return found

    def judge(self, name, result, faults):
        """What is wrong with how the run ended; '' is nothing."""
        wrong = self.command.judge(self, result, faults) if self.command.judge else self.compare(name, result, faults)
        if self.command.judge or self.command.before or self.state() != self.old:
            self.restore()
        left = self.litter()
        if left:
            self.run(self.words())
            self.restore()
            left = self.litter()
            if left:
                wrong = wrong or f'{left[0]} stays for ever'
                for path in left:
                    full = os.path.join(self.top, path)
                    shutil.rmtree(full, ignore_errors=True) if os.path.isdir(full) else os.unlink(full)
        return wrong

    def compare(self, name, result, faults):
        """What it wrote, and what it said, held against the old and the new."""
        code, out, err = result
        now = self.state()
        wrong = ''
        if code is None:
            wrong = 'it hangs'
        elif now == self.new and self.new != self.old:
            # Once it is in place memory may lack, or the disk not confirm it: that is told.
            wrong = '' if code == 0 or (code == 3 and (name in ('alloc', 'sync') or self.command.several) and err.strip()) else f'the output is new, and the status {code}'
            if code == 0 and self.command.edits and not self.command.talk and out != self.told and not err.strip():
                wrong = 'all is changed, it tells less of it, and not why'
        elif now != self.old and code == 3 and self.command.several:
            # These have no single step, each file alone is whole: the next run makes the rest.
            self.run(self.words())
            wrong = '' if self.state() == self.new else 'the next run does not mend it'
        elif code == 0 and name == 'stat' and faults and all(path == 'home/.gitconfig' for _, path in faults):
            pass   # README.md: libgit2 takes it for one that is not there
        elif code == 3 and name == 'remove' and self.command.edits and any(named(path, err) for _, path in faults):
            pass   # all is changed, and what lay beside a file stays, which is told
        elif now != self.old:
            wrong = f'the output is neither the old nor the new one, and the status {code}'
        elif code == 0 and (self.new != self.old or out != self.told):
            wrong = 'the output is old, and the status 0' if self.new != self.old else 'it answers something else, and the status 0'
        elif code == 1 and self.command.asked and any(named(path, out) for _, path in faults):
            pass   # that is what it answers
        elif code not in (0, 3):
            wrong = f'the status is {code}'
        elif code == 3 and not err.strip():
            wrong = 'it says nothing'
        elif code == 3 and faults and name not in ('alloc', 'thread') and not any(named(path, err) for _, path in faults):
            wrong = 'the message does not name the file'
        return wrong


def named(path, text):
    """Does TEXT name PATH itself? A file on its way to its name is named by that; what the repository consists of, by the repository; a folder that lies nowhere else, as '.'."""
    parts = [part for part in path.split('/') if part and part != '.']
    last = re.sub(r'\.new-\d+(\.old)?|\.old$|\.[0-9A-Za-z]{6}~?$|\.part$|\.new$|-journal$|\.[0-9a-f]{8}$', '', parts[-1]).strip('.')
    # SQLite looks at each folder on the way to its file, and names that.
    # A place that could not be opened when rights were given up is not allowed: told of the file that it was for.
    # Pango tells the font's name, not its file's. What is put in place, or carried over, as a whole is told by the whole. libgit2 has its own words for its files.
    told = ['editions are kept beside', 'Permission denied', 'search.db: opening', 'cannot put the new edition into', 'what is hidden in', 'cannot clear what an earlier run left']
    told += ["the font '"] if 'fonts' in parts else ["'.'"] if parts[-1] == 'site' else ['git', 'object', 'refs/heads'] if any(part.endswith('.git') for part in parts) else []
    return last in text or any(words in text for words in told)


def spread(count, most):
    """At most MOST of 1..COUNT: those at both ends, and others that no period meets always alike."""
    if not most or count <= most:
        return list(range(1, count + 1))
    ends = most // 4
    step = (count - 2 * ends) / (most - 2 * ends)
    return sorted({*range(1, ends + 1), *range(count - ends + 1, count + 1), *(int(ends + 1 + i * step + (i * 7919 % 97) / 97 * (step - 1)) for i in range(most - 2 * ends))})


def main():
    parse = argparse.ArgumentParser()
    parse.add_argument('program')
    parse.add_argument('shim')
    parse.add_argument('--command', default='build')
    parse.add_argument('--classes', default=','.join(CLASSES))
    parse.add_argument('--most', type=int, default=0)
    parse.add_argument('--at')
    parse.add_argument('--named', default='')
    parse.add_argument('--jobs', type=int, default=2)
    parse.add_argument('--folder')
    parse.add_argument('--show', action='store_true')
    call = parse.parse_args()
    program, shim = os.path.realpath(call.program), os.path.realpath(call.shim)
    folder = tempfile.mkdtemp(prefix='faults-', dir=call.folder or os.environ.get('TMPDIR') or '/dev/shm')
    try:
        World.named = call.named
        worlds = [World(program, shim, call.command, folder) for _ in range(call.jobs)]
        counts = {}
        while not counts:   # who still had threads at work when it was told to end counts none
            _, _, counts = worlds[0].faulted('none', 0, 0)
            worlds[0].restore()
        for choice in call.classes.split(','):
            name, _, code = choice.partition(':')
            step_class(call, worlds, name, counts[name], [int(code)] if code else CLASSES[name])
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def step_class(call, worlds, name, count, codes):
    calls = [int(at) for at in call.at.split(',')] if call.at else spread(count, call.most)
    # A call that fails once, and a disk that stays broken from there on.
    tasks = [(at, code, span) for code in codes for span in ((1, 0) if name in ('write', 'make', 'alloc') and code else (1,)) for at in calls]
    random.Random(7).shuffle(tasks)
    found, ways = {}, {'refused': 0, 'complete': 0, 'not met': 0}

    def work(lane):
        world = worlds[lane]
        for at, code, span in tasks[lane::len(worlds)]:
            result, faults, _ = world.faulted(name, at, code, span)
            wrong = world.judge(name, result, faults)
            fault = faults[0] if faults else None
            way = 'not met' if not fault else 'complete' if result[0] == 0 else 'refused'
            ways[way] += 1
            if wrong or (call.show and fault):
                key = (wrong, fault[0] if fault else '', re.sub(r'\.new-\d+(\.old)?|\.old$|\.[0-9a-f]{8}\b', '', fault[1]) if fault else '')
                found.setdefault(key, []).append((at, code, span, ' / '.join(result[2].strip().split('\n')[-3:])[-500:]))

    with ThreadPoolExecutor(len(worlds)) as lanes:
        list(lanes.map(work, range(len(worlds))))
    bad = sum(len(places) for key, places in found.items() if key[0])
    print(f'{"not ok" if bad else "ok"} - {call.command}: {name}: {len(tasks) - ways["not met"]} of {count} calls failed: {ways["refused"]} refused, {ways["complete"]} complete in spite of it'
          + (f', {bad} wrong' if bad else ''))
    for (wrong, what, where), places in sorted(found.items()):
        at, code, span, said = places[0]
        print(f'#   {wrong}: {what} {where} ({name} {at}, {E.errorcode.get(code, "half")}{"" if span else ", and all after it"}; {len(places)} such): {said}')
    sys.stdout.flush()


if __name__ == '__main__':
    main()
