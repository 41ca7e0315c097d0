"""talk.py - requests to a program that serves (rohnamo serve --cms) whose calls fail: pages, what the last build made, what an editor reads, saves and removes."""
import http.client
import json
import os
import re
import signal
import subprocess
import time

PAGE = 'content/faq/two.ru.md'
EDIT = ('Ещё текст', 'Новый текст')
BY_HAND = ('Слово', 'Новое слово')
PICTURE = 'content/media/shot.png'
DOT = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII='


def ask(port, address, action=None, params=None):
    """(status, text) of one request."""
    connection = http.client.HTTPConnection('127.0.0.1', port, timeout=20)
    try:
        if action:
            connection.request('POST', '/_cms/api/v1', json.dumps({'action': action, 'params': params}),
                               {'Origin': f'http://127.0.0.1:{port}', 'Content-Type': 'application/json', 'X-Rohnamo-Tab': 'a'})
        else:
            connection.request('GET', address)
        answer = connection.getresponse()
        return answer.status, answer.read().decode(errors='replace').replace(str(port), 'PORT')
    except (OSError, http.client.HTTPException) as why:
        return 0, str(why)
    finally:
        connection.close()


def requests(world, port):
    """name -> (status, text), in this order."""
    said = {'page': ask(port, '/ru/faq/one/'), 'search': ask(port, '/search/ru/i.js'), 'list': ask(port, '/share/faq-one.ru.txt')}
    said['entry'] = ask(port, '', 'getEntry', {'path': PAGE})
    said['entries'] = ask(port, '', 'entriesByFolder', {'folder': 'content/faq', 'extension': 'ru.md', 'depth': 1})
    said['media'] = ask(port, '', 'getMedia', {'mediaFolder': 'content/media'})
    try:
        raw = json.loads(said['entry'][1])['data'].replace(*EDIT)
    except (ValueError, KeyError):
        raw = ''
    said['save'] = ask(port, '', 'persistEntry', {'dataFiles': [{'path': PAGE, 'slug': 'two', 'raw': raw}], 'assets': [], 'options': {'commitMessage': 'saved'}})
    said['picture'] = ask(port, '', 'persistMedia', {'asset': {'path': 'content/media/dot.png', 'content': DOT, 'encoding': 'base64'}, 'options': {'commitMessage': 'dot'}})
    said['remove'] = ask(port, '', 'deleteFiles', {'paths': [PICTURE], 'options': {'commitMessage': 'gone'}})
    wait(said, 'shown', port, '/ru/faq/two/', EDIT[1])
    # What is written by hand while it serves, when it has seen all that was saved.
    time.sleep(0.3)
    path = os.path.join(world.site, 'content/faq/one.ru.md')
    with open(path, encoding='utf-8') as file:
        text = file.read()
    with open(path, 'w', encoding='utf-8') as file:
        file.write(text.replace(*BY_HAND))
    wait(said, 'by hand', port, '/ru/faq/one/', BY_HAND[1])
    return said


def wait(said, name, port, address, words):
    """The answer as soon as it has the WORDS, or the last one; what else the page says is of the day."""
    for _ in range(40):
        said[name] = ask(port, address)
        if words in said[name][1]:
            said[name] = (200, words)
            break
        time.sleep(0.05)


def talk(world, process):
    """As World.run: the status, what was answered, what was said."""
    said, port, log = {}, None, b''
    os.set_blocking(process.stdout.fileno(), False)
    end = time.monotonic() + 20
    while process.poll() is None and not port and time.monotonic() < end:
        log += process.stdout.read() or b''
        found = re.search(rb'http://[^/]*:(\d+)/', log)
        port = int(found[1]) if found else None
        time.sleep(0.005)
    if port:
        said = requests(world, port)
    process.send_signal(signal.SIGINT)
    try:
        _, err = process.communicate(timeout=20)
    except Exception:   # it does not end
        process.kill()
        process.communicate()
        return None, '', ''
    return process.returncode, json.dumps(said), err.decode(errors='replace')


def committed(world, path):
    return not subprocess.run(['git', '-C', world.site, 'cat-file', 'blob', f'main:{path}'], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False).returncode


def judge(world, result, faults):
    """What is wrong; ''. Each answer is as without a fault, or says that it is none; what was answered well is done, and what was not is done whole or not at all."""
    code, out, err = result
    if code is None:
        return 'it does not end'
    said, told = json.loads(out or '{}'), json.loads(world.told)
    if not said:
        return '' if code == 3 and err.strip() else f'it does not serve, and the status is {code}'
    if code:
        return f'the status is {code}'
    wrong = [name for name, (status, text) in said.items()
             if (status, text) != tuple(told[name]) and not (status >= 400 and text.strip()) and not (name == 'shown' and said['save'][0] >= 400) and not is_told(text, faults)]
    for name, path, there in (('save', PAGE, True), ('picture', 'content/media/dot.png', True), ('remove', PICTURE, False)):
        full = os.path.join(world.site, path)
        if said[name][0] == 200 and os.path.exists(full) != there:
            wrong.append(name + ' is not done')
        if said[name][0] == 200 and committed(world, path) != there:
            wrong.append(name + ' is not committed')
    with open(os.path.join(world.site, PAGE), encoding='utf-8') as file, open(os.path.join(world.saved, PAGE), encoding='utf-8') as before:
        text, old = file.read(), before.read()
    if text not in (old, old.replace(*EDIT)):
        wrong.append('the page is neither the old nor the new one')
    return f'not right and not told: {", ".join(wrong)}' if wrong else ''


def is_told(text, faults):
    """A page that cannot be made anew is shown as it was, and what is wrong over it."""
    return 'Input/output error' in text or any(os.path.basename(path) in text for _, path in faults)
