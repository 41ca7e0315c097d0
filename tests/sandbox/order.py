#!/usr/bin/env python3
"""order.py - each verb gives up its rights before it reads anything of the content; seen by strace. Prints TAP.

    order.py PROGRAM

Content is every file of the site and of its repository but for what says where a repository is and how it is set (config, HEAD, branches, the names of packs): those are read to know
what may be read. Each process that reads content, or one that it comes from, must have entered Landlock (where the kernel has it) and seccomp before.
"""
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time

program = os.path.realpath(sys.argv[1])
os.environ.update(ROHNAMO_SHARE=os.environ.get('ROHNAMO_SHARE') or os.path.realpath(os.path.join(os.path.dirname(__file__), '../..')), LC_ALL='C.UTF-8', GIT_CONFIG_NOSYSTEM='1', NO_COLOR='1')
os.environ.pop('ROHNAMO_SANDBOX', None)
work = tempfile.mkdtemp(prefix='rohnamo-order-')
os.environ['HOME'] = os.path.join(work, 'home')
site = os.path.join(work, 'site')
KNOWN = re.compile(r'/\.git$|/(\.git|pushed\.git)(/(config|HEAD|commondir|gitdir|packed-refs|refs(/.*)?|objects(/pack)?|objects/info/alternates|info))?$')
bad = 0


def write(name, text):
    path = os.path.join(work, name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, 'w') as file:
        file.write(text)


def git(*words, where=site):
    subprocess.run(['git', '-C', where, '-c', 'user.name=A', '-c', 'user.email=a@example.org', *words], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def trace(words, where, given, wait):
    log = os.path.join(work, 'log')
    call = ['strace', '-f', '-y', '-o', log, '-e', 'trace=open,openat,openat2,landlock_restrict_self,seccomp,prctl,clone,clone3,fork,vfork', program, *words]
    process = subprocess.Popen(call, cwd=where, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True)
    if not wait:
        out = process.communicate(given.encode())[0].decode()
    else:
        # A server: it is asked to end by its own process, which strace stands before.
        out = process.stdout.readline().decode()
        for _ in range(200):
            with open(log) as lines:
                if any('site.yaml' in line and 'openat' in line for line in lines):
                    break
            time.sleep(0.05)
        os.killpg(process.pid, signal.SIGTERM)
        process.communicate()
    with open(log, errors='replace') as lines:
        return list(lines), out


def whole(lines):
    """Of each call the process, the call in one piece where another came between, and whom it made. A new process may be heard of before the call that made it has come back: it is made where
    that call began; all others count where they ended."""
    made, begun = [], {}
    for line in lines:
        pid, _, call = line.partition(' ')
        call = call.strip()
        if call.endswith('<unfinished ...>'):
            begun[pid] = (len(made), call[:-len('<unfinished ...>')])
            made.append((pid, '', []))
            continue
        at, rest = None, re.match(r'<\.\.\. \w+ resumed>(.*)', call)
        if rest:
            at, start = begun.pop(pid, (None, ''))
            call = start + rest.group(1)
        child = re.match(r'(?:clone3?|v?fork)\(.*= (\d+)$', call)
        if child and at is not None:
            made[at] = (pid, '', [child.group(1)])
        made.append((pid, call, [child.group(1)] if child else []))
    return made


def faults_of(lines, landlock):
    """Files that a process read too early; how many it read in time."""
    files, calls, early, fine = set(), set(), [], 0
    lines = whole(lines)
    for pid, call, children in lines:
        for child in children:
            for held in (files, calls):
                if pid in held:
                    held.add(child)
        if call.startswith('landlock_restrict_self') and call.endswith('= 0'):
            files.add(pid)
        if call.startswith('seccomp(SECCOMP_SET_MODE_FILTER') and call.endswith('= 0'):
            calls.add(pid)
        opened = re.match(r'open(?:at2?)?\(.*= \d+<(.*)>$', call)
        if not opened or 'O_PATH' in call or not opened.group(1).startswith(work + '/') or opened.group(1).startswith((os.environ['HOME'], work + '/live', work + '/.live')):
            continue
        path = opened.group(1)
        if KNOWN.search(path) or '/output' in path or '/build' in path or path == work or (path == site and 'O_DIRECTORY' in call):
            continue
        if pid in calls and (pid in files or not landlock):
            fine += 1
        else:
            early.append(path)
    return early, fine


def main():
    global bad
    os.mkdir(os.environ['HOME'])
    write('site/content/site.yaml', 'title: Test\nlanguages: [en]\nsearch: true\nshare: false\n')
    write('site/content/faq/one.en.md', '---\ntitle: One\n---\n\nText.\n')
    write('site/content/faq/_type.yaml', 'fields: {}\n')
    write('table.csv', 'slug,title\ntwo,Two\n')
    git('init', '-q', '-b', 'main', where=os.path.dirname(site) + '/site')
    write('site/.gitignore', 'output\nbuild\n')
    git('add', '-A')
    git('commit', '-q', '-m', 'first')
    subprocess.run(['git', 'clone', '-q', '--bare', site, os.path.join(work, 'pushed.git')], check=True)
    git('config', 'rohnamo.target', os.path.join(work, 'live/www'), where=os.path.join(work, 'pushed.git'))
    head = subprocess.run(['git', '-C', site, 'rev-parse', 'HEAD'], check=True, stdout=subprocess.PIPE).stdout.decode().strip()
    write('site/content/faq/three.en.md', '---\ntitle: Three\n---\n')
    git('add', '-A')
    said = subprocess.run([program, 'check'], cwd=site, env={**os.environ, 'ROHNAMO_SANDBOX': 'tell'}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT).stdout.decode()
    landlock = 'files not held' not in said
    if not landlock:
        print('ok - files # SKIP this kernel has no Landlock that can be used')
    verbs = [
        ['build'], ['build', '--rev', 'HEAD'], ['check'], ['print'], ['status'], ['diff'], ['cms'], ['new', 'faq', 'four'], ['import', 'csv', '../table.csv', '--type', 'faq'],
        ['publish', '../live/site'], ['publish', '--rev', 'HEAD', 'folder:../live'], ['hook', 'run', 'pre-commit'], ['rename', 'faq/one', 'faq/five'], ['remove', 'faq/five'], ['serve', '--port', '0'],
    ]
    os.makedirs(os.path.join(work, 'live'))
    for words in verbs + [['hook', 'run', 'post-receive'], ['search', '-d', '../site/output', 'text']]:
        push = words[-1] == 'post-receive'
        lines, out = trace(words, os.path.join(work, 'pushed.git') if push else site, f'{"0" * 40} {head} refs/heads/main\n' if push else '', words[0] == 'serve')
        early, fine = faults_of([line.replace('/output/search.db', '/found/search.db') for line in lines] if words[0] == 'search' else lines, landlock)
        wrong = [f'{path} is read before' for path in sorted(set(early))[:5]]
        if not fine:
            wrong.append('nothing was read at all: ' + out[-300:])
        bad += bool(wrong)
        print(('not ok' if wrong else 'ok') + f' - rohnamo {" ".join(words)} gives up its rights before it reads')
        for line in wrong:
            print('#   ' + line.replace('\n', '\n#   '))
        sys.stdout.flush()


try:
    main()
finally:
    shutil.rmtree(work, ignore_errors=True)
sys.exit(bool(bad))
