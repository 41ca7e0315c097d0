#!/usr/bin/env python3
"""world.py - what a build meets beside calls that fail: kills, full disks, other builds, a content that changes under it, clocks, little memory.

    world.py PROGRAM SHIM [--kills N] [--most N] [--seeds N] [--folder DIR] [NAME...]     prints TAP; names: the functions below without test_
"""
import argparse
import inspect
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time

import small
import step

DIE = 9999


def end_of(world, code, err, what):
    """What is wrong with a run that may end either way; the old output is there again afterwards."""
    now = small.state(world.seen)
    wrong = ''
    if code is None:
        wrong = 'it hangs'
    elif now not in (world.old, world.new):
        wrong = f'the output is neither the old nor the new one (status {code})'
    elif code == 0 and now != world.new:
        wrong = 'the status is 0, and the output the old one'
    elif code == 3 and not err.strip():
        wrong = 'it says nothing'
    elif code not in (0, 3, -9):
        wrong = f'the status is {code}: {err.strip()[-300:]}'
    if now != world.old:
        world.restore()
    return [f'{what}: {wrong}'] if wrong else []


def clean(world):
    """A good run after all that went wrong: the new output, and nothing beside it."""
    code, _, err = world.run(world.words())
    faults = [] if code == 0 else [f'a build afterwards ends with {code}: {err[-300:]}']
    if small.state(world.seen) != world.new:
        faults.append('a build afterwards is not what it would be')
    faults += [f'{name} stays' for name in world.litter()]
    world.restore()
    return faults


# --- kill -9 --------------------------------------------------------------------------------------------------------------------

def test_kill(call, folder):
    """kill -9 at {kills} random moments leaves the old output or the new one, and the next build clears up"""
    world = step.World(call.program, call.shim, 'build', folder)
    began = time.monotonic()
    world.run(['build', '-j2', '--clock', small.CLOCK])
    whole = time.monotonic() - began
    world.restore()
    chance, faults, stopped = random.Random(20260601), [], 0
    for i in range(call.kills):
        process = world.start(['build', '-j2', '--clock', small.CLOCK])
        time.sleep(chance.random() * whole * 1.1)
        process.kill()
        _, err = process.communicate()
        stopped += process.returncode == -9
        faults += end_of(world, process.returncode, err.decode(), f'kill {i}')
    faults += clean(world)
    if stopped < call.kills // 3:
        faults.append(f'only {stopped} of {call.kills} were still at work')
    return faults


def test_kill_at(call, folder):
    """kill -9 at each rename, each folder and link that is made, with and without renames that exchange"""
    faults = []
    for exchange in (True, False):
        world = step.World(call.program, call.shim, 'build', folder)
        if not exchange:
            os.environ['FAULT_NO_EXCHANGE'] = '1'
        try:
            _, _, counts = world.faulted('none', 0, 0)
            world.restore()
            for name, most in (('rename', 0), ('make', call.most), ('remove', call.most), ('sync', 0)):
                for at in step.spread(counts[name], most):
                    for code in (DIE, 5):
                        (status, _, err), _, _ = world.faulted(name, at, code)
                        if not os.path.isdir(world.out) and not exchange and status == -9:
                            # Between two renames there is none; the next run puts it back, whatever becomes of that run itself.
                            world.run(['build', '--only', 'nothing'])
                            world.faulted('sync', 1, 5, span=0)
                        faults += end_of(world, status, err, f'{name} {at}, {"killed" if code == DIE else "failed"}{"" if exchange else ", without exchange"}')
            faults += clean(world)
        finally:
            os.environ.pop('FAULT_NO_EXCHANGE', None)
    return faults


def test_hidden(call, folder):
    """a .git in the output survives every rename that fails or is the last before a kill"""
    world = step.World(call.program, call.shim, 'build', folder)
    faults = []
    for base in (world.out, world.saved):
        small.write(base, '.git/config', 'kept')
    world.old = small.state(world.seen)
    code, _, err = world.run(world.words())
    world.new = small.state(world.seen)
    faults += [] if code == 0 and os.path.exists(world.out + '/.git/config') else [f'a good build loses it: {code} {err}']
    world.restore()
    _, _, counts = world.faulted('none', 0, 0)
    world.restore()
    for name in ('rename', 'list'):
        for at in step.spread(counts[name], 0 if name == 'rename' else 2 * call.most)[-40:]:
            for code in (DIE, 5):
                world.faulted(name, at, code)
                world.run(world.words())
                if not os.path.exists(world.out + '/.git/config'):
                    faults.append(f'{name} {at} with {code}: it is gone')
                world.restore()
    return faults


# --- disks ----------------------------------------------------------------------------------------------------------------------

def in_mount(world, options, inner):
    """Runs INNER, words of bash, where disk/ is a small file system; None where nothing may be mounted."""
    disk = os.path.join(world.top, 'disk')
    os.makedirs(disk, exist_ok=True)
    script = f'mount -t tmpfs -o {options} tmpfs {disk} || exit 77; {inner}'
    done = subprocess.run(['unshare', '-m', 'bash', '-c', script], cwd=world.site, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          env={**os.environ, 'ROHNAMO_SHARE': step.SHARE, 'LC_ALL': 'C.UTF-8', 'HOME': os.path.join(world.top, 'home'), 'PYTHONPATH': os.path.dirname(os.path.abspath(__file__))})
    return done.returncode, done.stdout.decode(), done.stderr.decode()


STATE = 'python3 -c "import small, sys; print(small.state(sys.argv[1]))"'


def test_full_disk(call, folder):
    """a disk that has less and less room: the reason, and the old output; with enough, the new one"""
    world = step.World(call.program, call.shim, 'build', folder)
    size = sum(os.stat(os.path.join(top, name)).st_blocks * 512 for top, _, names in os.walk(world.saved) for name in names)
    faults, refused, complete = [], 0, 0
    for inside in (False, True):
        for room in range(4096, int(size * 1.5), max(4096, int(size / (8 + call.most // 8)) // 4096 * 4096)):
            target = 'disk' if inside else 'disk/out'
            inner = (f'mkdir -p ../disk/out; cp -a ../saved/. ../{target}; [ {int(inside)} = 0 ] || rmdir ../disk/out; '
                     f'used=$(du -s -B1 --apparent-size ../disk | cut -f1); head -c $(($(df -B1 --output=avail ../disk | tail -1) - {room})) /dev/zero >../disk/{".fill" if inside else "fill"}; '
                     f'{call.program} build -j1 --clock {small.CLOCK} -d ../{target} >/dev/null; status=$?; rm -f ../disk/.fill; echo "status $status"; {STATE} ../{target}; ls -A ../disk ../disk/out 2>/dev/null | grep new-; exit 0')
            code, out, err = in_mount(world, f'size={size * 3 + (4 << 20)}', inner)
            if code == 77:
                return [f'nothing may be mounted here: {err}']
            lines = out.split('\n')
            status, now = lines[0].removeprefix('status '), lines[1]
            if (status, now) == ('0', world.new):
                complete += 1
            elif (status, now) == ('3', world.old) and 'space' in err and not lines[2]:
                refused += 1
            else:
                faults.append(f'{room} bytes of room{", in the mount itself" if inside else ""}: {out} {err[-300:]}')
    if not refused or not complete:
        faults.append(f'{refused} were refused and {complete} complete: the sizes show nothing')
    return faults


def test_read_only(call, folder):
    """a read-only output: the reason, and the old output"""
    world = step.World(call.program, call.shim, 'build', folder)
    inner = f'mkdir ../disk/out; cp -a ../saved/. ../disk/out; mount -o remount,ro ../disk; {call.program} build -j1 --clock {small.CLOCK} -d ../disk/out >/dev/null; echo "status $?"; {STATE} ../disk/out'
    code, out, err = in_mount(world, 'size=64m', inner)
    if code == 77:
        return [f'nothing may be mounted here: {err}']
    return [] if out.split('\n')[:2] == ['status 3', world.old] and 'ead-only' in err else [f'{out} {err}']


# --- others at work -------------------------------------------------------------------------------------------------------------

def test_two(call, folder):
    """two builds at once into one output: each is complete, or told that another is at work; {most} pairs"""
    world = step.World(call.program, call.shim, 'build', folder)
    faults, chance, busy = [], random.Random(5), 0
    for i in range(call.most + 100):
        if i >= call.most and busy:
            break
        first = world.start(['build', '-j1', '--clock', small.CLOCK])
        time.sleep(chance.random() * 0.08)
        # Every other one is held while the second begins: it may have the lock.
        if i % 2:
            first.send_signal(signal.SIGSTOP)
        second = world.start(['build', '-j1', '--clock', small.CLOCK])
        if i % 2:
            time.sleep(0.2)
            first.send_signal(signal.SIGCONT)
        ends = [(process.communicate(), process.returncode) for process in (first, second)]
        for (_, err), code in ends:
            if code == 3 and b'another build' in err:
                busy += 1
            elif code != 0:
                faults.append(f'pair {i}: status {code}: {err.decode()[-300:]}')
        if all(code != 0 for _, code in ends) or small.state(world.seen) != world.new:
            faults.append(f'pair {i}: the output is not the new one')
        world.restore()
    if not busy:
        faults.append('no two were ever at work at once')
    return faults + clean(world)


def test_changing(call, folder):
    """content that is rewritten, renamed and deleted under the build: status 0, 1 or 3, each page whole or told; then the build is right"""
    world = step.World(call.program, call.shim, 'build', folder)
    faults, chance = [], random.Random(9)
    names = ['content/faq/one.ru.md', 'content/faq/two.tg.md', 'content/media/shot.png', 'content/site.yaml', 'plugins/count/init.lua', 'content/faq/_index.ru.md']
    for i in range(call.most):
        process = world.start(['build', '-j2', '--clock', small.CLOCK])
        while process.poll() is None:
            path = os.path.join(world.site, chance.choice(names))
            way = chance.randrange(4)
            try:
                if way == 0:
                    os.unlink(path)
                elif way == 1:
                    os.rename(path, path + '.away')
                elif way == 2:
                    with open(path, 'r+b') as file:
                        file.truncate(chance.randrange(200))
                else:
                    small.write_site(world.site, chance.choice(['old', 'new']))
            except OSError:
                pass
            time.sleep(0.002)
        _, err = process.communicate()
        if process.returncode not in (0, 1, 3) or (process.returncode and not err.strip()):
            faults.append(f'run {i}: status {process.returncode}: {err.decode()[-300:]}')
        if not os.path.exists(world.out + '/build.json'):
            faults.append(f'run {i}: there is no output')
        for top, _, found in os.walk(world.out):
            faults += [f'run {i}: {name} is cut off' for name in found if name.endswith('.html') and not open(os.path.join(top, name)).read().rstrip().endswith('</html>')]
    for top, _, found in os.walk(world.site):
        for name in found:
            if name.endswith('.away'):
                os.unlink(os.path.join(top, name))
    small.write_site(world.site, 'new')
    return faults[:20] + clean(world)


# --- time, size, memory ---------------------------------------------------------------------------------------------------------

def test_clock(call, folder):
    """files from the future and from 1970, and a change that keeps time and size: the build has each change"""
    world = step.World(call.program, call.shim, 'build', folder)
    faults = []
    path = os.path.join(world.site, 'content/faq/two.ru.md')
    for when in (0, 1, 2**31 - 1, 2**32, int(time.time()) + 10**6):
        for edition in ('old', 'new'):
            small.write_site(world.site, edition)
            for top, _, names in os.walk(os.path.join(world.site, 'content')):
                for name in names:
                    os.utime(os.path.join(top, name), (when, when))
            code, _, err = world.run(world.words())
            with open(world.out + '/site/ru/faq/two/index.html') as page:
                if code != 0 or f', {edition}.' not in page.read():
                    faults.append(f'all files of {when}, {edition}: status {code}, and the page is not the new one: {err[-200:]}')
    assert os.path.getsize(path)
    world.restore()
    return faults + clean(world)


def test_time(call, folder):
    """a clock that goes back at each look, leaps by years, stands in 1970: the same bytes"""
    world = step.World(call.program, call.shim, 'build', folder)
    faults = []
    for way in ('back', 'years', '1970'):
        env = {'LD_PRELOAD': step.FIRST + call.shim, 'FAULT_LOG': world.log, 'FAULT_CLOCK': way}
        for words in (['build', '-j1', '--clock', small.CLOCK], ['build', '-j2', '--clock', small.CLOCK]):
            shutil.rmtree(os.path.join(world.site, 'build'), ignore_errors=True)
            code, _, err = world.run(words, env)
            if code != 0 or small.state(world.seen) != world.new:
                faults.append(f'{way}, {words[1]}: status {code}, {"" if small.state(world.seen) == world.new else "other bytes"}: {err[-300:]}')
            world.restore()
        # By the day that the clock says: whatever that is, it is one edition, and the next build is as if it had not been.
        for words in (['build'], ['check'], ['status'], ['publish', world.top + '/live/site']):
            code, _, err = world.run(words, env)
            if code not in (0, 1):
                faults.append(f'{way}, {words[0]}: status {code}: {err[-300:]}')
        world.restore()
    return faults + clean(world)


def test_chance(call, folder):
    """several calls fail by chance in a build of two threads, {seeds} seeds: the old output and the reason, or the new one"""
    world = step.World(call.program, call.shim, 'build', folder)
    faults, ends = [], {}
    for seed in range(1, call.seeds + 1):
        if os.path.exists(world.log):
            os.unlink(world.log)
        env = {'LD_PRELOAD': step.FIRST + call.shim, 'FAULT_LOG': world.log, 'FAULT_ROOTS': world.site, 'FAULT_SEED': str(seed), 'FAULT_ODDS': str((100, 300, 1000, 3000)[seed % 4])}
        if seed % 5 == 0:
            shutil.rmtree(os.path.join(world.site, 'build'), ignore_errors=True)
        code, _, err = world.run(['build', '-j2', '--clock', small.CLOCK], env)
        with open(world.log) as log:
            met = [line.split()[1:] for line in log if line.startswith('fault')]
        ends[code] = ends.get(code, 0) + 1
        faults += [f'{fault}; {len(met)} calls: {met[:6]}' for fault in end_of(world, code, err, f'seed {seed}')]
    if not ends.get(3) or not ends.get(0):
        faults.append(f'how they ended shows nothing: {ends}')
    return faults + clean(world)


def test_many(call, folder):
    """100,000 files in one folder are read in one run"""
    world = step.World(call.program, call.shim, 'build', folder)
    many = os.path.join(world.site, 'content/media/many')
    os.mkdir(many)
    for i in range(100000):
        with open(f'{many}/{i:06}.pdf', 'wb'):
            pass
    code, out, err = world.run(['build', '-j2', '--clock', small.CLOCK, '--only', 'search'], limit=300)
    faults = [] if code == 0 else [f'status {code}: {err[-300:]}']
    code, out, err = world.run(['check', '--clock', small.CLOCK], limit=300)
    return faults + ([] if code == 0 else [f'check: status {code}: {err[-300:]}'])


def test_names(call, folder):
    """names of 255 bytes: a page, a picture, a folder; each is there or told"""
    world = step.World(call.program, call.shim, 'build', folder)
    slug, deep = 'n' * (255 - len('.ru.md')), 'd' * 255
    small.write(world.site, f'content/faq/{slug}.ru.md', '---\ntitle: Long\n---\n\n![a](/media/' + 'p' * 251 + '.png)\n')
    small.write(world.site, 'content/media/' + 'p' * 251 + '.png', small.png(40, 20, 1))
    small.write(world.site, f'content/{deep}/{slug}.ru.md', '---\ntitle: Deep\n---\n\nText.\n')
    faults = []
    for words in (['check', '--clock', small.CLOCK], ['build', '--clock', small.CLOCK]):
        code, _, err = world.run(words)
        if code not in (0, 1, 3) or (code and not err.strip()):
            faults.append(f'{words[0]}: status {code}: {err[-400:]}')
        elif code == 3:
            faults.append(f'{words[0]} gives up for one name: {err[-400:]}')
        elif code == 0 and words[0] == 'build' and not os.path.exists(f'{world.out}/site/ru/faq/{slug}/index.html'):
            faults.append('the page is not there, and nothing is told')
    for path in (f'content/faq/{slug}.ru.md', 'content/media/' + 'p' * 251 + '.png'):
        os.unlink(os.path.join(world.site, path))
    shutil.rmtree(os.path.join(world.site, 'content', deep))
    world.restore()
    return faults + clean(world)


def test_memory(call, folder):
    """RLIMIT_AS raised step by step until it succeeds: each failure is clear, and the output whole"""
    world = step.World(call.program, call.shim, 'build', folder)
    faults, refused = [], 0
    for jobs in ('-j1', '-j2'):
        limit, step_by = 24 << 20, (12 << 20) if call.most < 100 else (2 << 20)
        while limit < 4 << 30:
            code, _, err = world.run(['build', jobs, '--clock', small.CLOCK], wrap=['prlimit', f'--as={limit}'])
            # Where the loader has no room for the libraries, the program has not begun.
            if code not in (127, 1) or 'shared libraries' not in err:
                faults += end_of(world, code, err, f'{limit >> 20} MiB, {jobs}')
                refused += code == 3
            if code == 0:
                break
            limit += step_by
    if not refused:
        faults.append('it never met the limit')
    return faults + clean(world)


def main():
    parse = argparse.ArgumentParser()
    parse.add_argument('program')
    parse.add_argument('shim')
    parse.add_argument('names', nargs='*')
    parse.add_argument('--kills', type=int, default=200)
    parse.add_argument('--most', type=int, default=20)
    parse.add_argument('--seeds', type=int, default=20)
    parse.add_argument('--folder')
    call = parse.parse_intermixed_args()
    call.program, call.shim = os.path.realpath(call.program), os.path.realpath(call.shim)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    folder = tempfile.mkdtemp(prefix='world-', dir=call.folder or os.environ.get('TMPDIR') or '/dev/shm')
    try:
        for name, test in inspect.getmembers(sys.modules[__name__], inspect.isfunction):
            if not name.startswith('test_') or (call.names and name[5:] not in call.names):
                continue
            faults = test(call, folder)
            print(('not ok - ' if faults else 'ok - ') + test.__doc__.format(kills=call.kills, most=call.most, seeds=call.seeds))
            for fault in faults[:20]:
                print('#   ' + fault.replace('\n', '\n#   '))
            sys.stdout.flush()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == '__main__':
    main()
