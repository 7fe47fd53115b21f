/** Small programs, each about one thing, and what CPython prints for them: `main.py` is run. */
export const PROGRAMS: Readonly<
  Record<string, { readonly files: Readonly<Record<string, string>>; readonly prints: string }>
> = {
  'a variable that the branches of an elif give a value to': {
    files: {
      'main.py': `def seconds(text):
    parts = text.split(':')
    if len(parts) == 1:
        total = int(parts[0])
    elif len(parts) == 2:
        minutes = int(parts[0])
        rest = int(parts[1])
        total = minutes * 60 + rest
    elif len(parts) == 3:
        minutes = int(parts[1])
        kind = 'long'
        if minutes == 0:
            kind = 'short'
        total = int(parts[0]) * 3600 + minutes * 60 + len(kind)
    else:
        total = -1
    return total


print(seconds('7'), seconds('2:05'), seconds('1:00:00'), seconds('1:2:3:4'))
`,
    },
    prints: '7 125 3605 -1',
  },
  'names that JavaScript keeps for itself, also from other modules and from stubs': {
    files: {
      'net.py': `interface = {'ip': '10.0.0.1'}


def delete(name):
    return 'deleted ' + name
`,
      'boards.py': `from micropython import const
from hal import new, const as fixed

LED = const(2)
MASK = const(LED << 4)


def unused():
    return new(fixed)
`,
      'main.py': `import net
from net import interface, delete
try:
    from boards import LED, MASK
except ImportError:
    LED, MASK = 2, 32

print(interface['ip'], delete('x'), net.delete('y'), net.interface['ip'], LED, MASK)
`,
    },
    prints: '10.0.0.1 deleted x deleted y 10.0.0.1 2 32',
  },
  'a name that a pattern has twice': {
    files: {
      'main.py': `rows = [(1, 2, 3), (4, 5, 6)]
print([last for _, _, last in rows], sum(a for a, _, _ in rows))
for _, middle, _ in rows:
    print(middle)
`,
    },
    prints: '[3, 6] 5\n2\n5',
  },
  'names of a class that its own body uses': {
    files: {
      'main.py': `class Pins:
    FIRST = 2
    SECOND = FIRST + 1
    ALL = [FIRST, SECOND]
    FOLDER = '/www'
    LOW, HIGH = 0, 1

    def __init__(self, folder=FOLDER, limit=SECOND * 2):
        self.folder = folder
        self.limit = limit

    def first(self):
        return self.FIRST + self.HIGH


print(Pins.ALL, Pins().folder, Pins('/x').limit, Pins().first())
`,
    },
    prints: '[2, 3] /www 6 3',
  },
  'two modules with something of the same name': {
    files: {
      'lamp.py': `def toggle(state):
    return not state


def create_hash(text):
    return 'lamp ' + text
`,
      'fan.py': `from lamp import create_hash as lamp_hash
import json


def toggle(speed):
    return 0 if speed else 3


def create_hash(text):
    return lamp_hash(text) + ' and fan'
`,
      'main.py': `import fan
import hashlib
from lamp import toggle as lamp_toggle
from fan import toggle, create_hash


def sha(text):
    return hashlib.sha256(text.encode()).hexdigest()[:6]


print(lamp_toggle(True), toggle(2), create_hash('x'), fan.lamp_hash('y'), fan.json.dumps([1]), sha('z'))
`,
    },
    prints: 'False 0 lamp x and fan lamp y [1] 594e51',
  },
  'functions within methods that use the object': {
    files: {
      'main.py': `class Counter:
    def __init__(self, start):
        self.n = start

    def rows(self, count):
        def one(i):
            return self.n + i

        def each(step=1):
            for i in range(0, count, step):
                yield one(i)

        return list(each()) + list(each(2))

    def bump(self):
        def by(amount):
            self.n += amount
            return self.n
        return by


counter = Counter(10)
print(sum(counter.rows(3)), counter.bump()(5), counter.n)
`,
    },
    prints: '55 15 15',
  },
  'constructors and methods of a base that is called by its name': {
    files: {
      'main.py': `class Base:
    def __init__(self, name, size=1):
        self.name = name
        self.size = size

    def label(self):
        return self.name + '/' + str(self.size)


class Part(Base):
    def __init__(self, name, colour):
        Base.__init__(self, name, size=3)
        self.colour = colour

    def label(self):
        return Base.label(self) + '/' + self.colour


class Late(Base):
    def __init__(self, name):
        self.tag = name.upper()
        super().__init__(name)


late = Late('b')
print(Part('a', 'red').label(), late.label(), late.tag, Base.label(Part('c', 'x')))
`,
    },
    prints: 'a/3/red b/1 B c/3',
  },
  'what is defined twice, and what gives nothing and is asked for': {
    files: {
      'main.py': `def greet(name):
    print('old', name)


def greet(name):
    print('new', name)


if not greet('x'):
    print('nothing')
`,
    },
    prints: 'new x\nnothing',
  },
  'attributes that a class does not know of itself': {
    files: {
      'main.py': `import sys


class Thing:
    def __init__(self, name):
        self.name = name


class Mixin:
    def describe(self):
        return self.name + '!'


class Named(Mixin):
    def __init__(self):
        self.name = 'named'


class Switch:
    def is_active(self):
        return True


Switch.is_closed = Switch.is_active
thing = Thing('a')
thing.note = 'given'
things = {'a': thing}
things['a'].count = 2
found = things.get('b') or 'none'
if isinstance(found, Thing):
    found = found.name
print(thing.note, thing.count, Named().describe(), Switch().is_closed(), found, sys.platform == 'esp32')
`,
    },
    prints: 'given 2 named! True none False',
  },
  'imports that are tried, and what stands in for them': {
    files: {
      'main.py': `import sys
try:
    from micropython import const
except ImportError:
    def const(value):
        return value

try:
    from machine import Pin
    ON_BOARD = True
except ImportError:
    ON_BOARD = False

    class Pin:
        IRQ_RISING = 1
        OUT = 2

        def __init__(self, number):
            self.number = number

try:
    import network
except ImportError:
    network = None

try:
    import ujson as json
except ImportError:
    import json

try:
    from nowhere import sleep_ms
except (ImportError, AttributeError):
    sleep_ms = lambda ms: ms / 1000

LIMIT = const(7)
if network is None:
    print('no network', ON_BOARD, Pin(3).number, LIMIT, json.loads('[4]')[0], sleep_ms(1500))
print(Pin.IRQ_RISING | Pin.OUT, sys.platform == 'esp32')
`,
    },
    prints: 'no network False 3 7 4 1.5\n3 False',
  },
  'errors with a number and a text': {
    files: {
      'main.py': `def fail(code):
    if code:
        raise OSError(code, 'timed out')
    raise OSError('closed')


for code in (110, 0):
    try:
        fail(code)
    except OSError as error:
        print(str(error) + ' | ' + str(error.args[0]))
`,
    },
    prints: '[Errno 110] timed out | 110\nclosed | closed',
  },
  'variables of loops that others use again': {
    files: {
      'main.py': `def moves(rank, column):
    found = []
    for dr, dc in ((1, 2), (2, 1)):
        found.append((rank + dr) * 10 + column + dc)
    for dr in (-1, 1):
        for dc in (0, 1):
            found.append(dr * 10 + dc)
    steps = [(0, 1), (1, 0)]
    for dr, dc in steps:
        r, c = rank + dr, column + dc
        found.append(r - c)
    for _ in range(2):
        _, last = divmod(len(found), 7)
    for _, dc in steps:
        found.append(dc)
    return found, last


print(moves(1, 1)[0], moves(1, 1)[1])
`,
    },
    prints: '[23, 32, -10, -9, 10, 11, -1, 1, 1, 0] 1',
  },
  'JSON whose letters count': {
    files: {
      'main.py': `import json
import hashlib

data = {'b': [1, 2.5, None, True], 'a': {'é': 'ü', 'x': []}, 'c': {}}
print('got ' + json.dumps(data))
print(f'{json.dumps([1, {"k": "v"}])} {len(json.dumps(data))}')
print(json.dumps(data, sort_keys=True))
print(json.dumps(data, indent=2, sort_keys=True))
print('' + json.dumps(data, ensure_ascii=False, separators=(',', ': ')))
print(hashlib.sha1(json.dumps({'a': 1, 'b': 2}).encode()).hexdigest()[:8])
`,
    },
    prints: [
      'got {"b": [1, 2.5, null, true], "a": {"\\u00e9": "\\u00fc", "x": []}, "c": {}}',
      '[1, {"k": "v"}] 72',
      '{"a": {"x": [], "\\u00e9": "\\u00fc"}, "b": [1, 2.5, null, true], "c": {}}',
      '{\n  "a": {\n    "x": [],\n    "\\u00e9": "\\u00fc"\n  },\n  "b": [\n    1,\n    2.5,\n    null,\n    true\n  ],\n  "c": {}\n}',
      '{"b": [1,2.5,null,true],"a": {"é": "ü","x": []},"c": {}}',
      '1744f53e',
    ].join('\n'),
  },
  'a class that extends one of another module, and names that are words of JavaScript': {
    files: {
      'shapes.py': `class Shape:
    def __init__(self, sides):
        self.sides = sides

    def describe(self):
        return 'a shape of ' + str(self.sides)
`,
      'main.py': `import asyncio
import shapes


class Square(shapes.Shape):
    def __init__(self):
        super().__init__(4)

    def describe(self):
        return super().describe() + ', square'


def parse(settings):
    return {k: {'true': True, 'false': False}.get(v, v) for k, v in settings.items()}


def start(ready, loop=None):
    if ready:
        handle = Square().describe()
    loop = loop or asyncio.new_event_loop()
    return 'started'


def kinds(module):
    return hasattr(module, 'Shape'), hasattr(module, 'Circle')


loop = asyncio.new_event_loop()
print(Square().describe(), parse({'a': 'true', 'b': 'x'}), start(True, loop), kinds(shapes)[0], kinds(shapes)[1])
`,
    },
    prints: "a shape of 4, square {'a': True, 'b': 'x'} started True False",
  },
  'text of what may be a number, from a helper or from a table': {
    files: {
      'main.py': `TABLE = {'a': {'answer': 4}, 'b': {'answer': 'none'}}
LIST = [{'answer': 4}, {'answer': 'x'}]


def right(key, index, text):
    in_table = str(TABLE[key]['answer']) == text
    return int(in_table) + 2 * int(str(LIST[index]['answer']) == text)


print(right('a', 0, '4'), right('b', 1, 'x'), right('b', 1, 'none'))
`,
    },
    prints: '3 2 1',
  },
  'a parameter that becomes something else': {
    files: {
      'main.py': `class Room:
    rooms = {}

    def __init__(self, name):
        self.name = name

    @classmethod
    def find(cls, name):
        if name not in cls.rooms:
            cls.rooms[name] = cls(name)
        return cls.rooms[name]


def describe(room):
    label = room.upper()
    room = Room.find(room)
    return '%s is %s' % (label, room.name)


def either(room, wanted):
    if wanted:
        room = Room(room)
    return isinstance(room, Room)


def later(room):
    ask = lambda: room
    room = Room(room)
    return isinstance(ask(), Room)


def spaces(text):
    text = text.strip()
    return '[' + text + ']'


print(describe('red'), either('a', True), either('a', False), later('b'), spaces(' x '))
`,
    },
    prints: 'RED is red True False True [x]',
  },
  'the type of a value, compared': {
    files: {
      'main.py': `def kind(x):
    if type(x) == bool:
        return 'bool'
    if type(x) is str:
        return 'str'
    if type(x) in (list, tuple):
        return 'list'
    if type(x) not in [int, float]:
        return 'other'
    if isinstance(x, (int, float)) and x > 1:
        return 'big'
    return 'number'


print(kind(True), kind('a'), kind([]), kind({}), kind(1), kind(2.5), kind(None))
`,
    },
    prints: 'bool str list other number big other',
  },
  'a class that says when objects are equal': {
    files: {
      'main.py': `class Item:
    def __init__(self, name):
        self.name = name

    def __eq__(self, other):
        return isinstance(other, Item) and self.name.lower() == other.name.lower()


class Box:
    def __init__(self, name):
        self.name = name


items = [Item('Tea'), Item('Milk')]
boxes = [Box('a')]
tea = Item('TEA')
print(tea in items, Item('Oil') in items, tea not in items, tea == items[0], tea != items[0], boxes[0] in boxes, Box('a') in boxes)
`,
    },
    prints: 'True False False True False True False',
  },
  'what binascii makes of base64': {
    files: {
      'main.py': `import binascii


def credentials(header):
    scheme, _, rest = header.partition(' ')
    return binascii.a2b_base64(rest).decode().split(':', 1)


print('/'.join(credentials('Basic YW5uYTpzM2M6cmV0')), binascii.b2a_base64(b'bob:pw').decode().strip(), len(binascii.b2a_base64(b'x')), len(binascii.b2a_base64(b'x', newline=False)))
`,
    },
    prints: 'anna/s3c:ret Ym9iOnB3 5 4',
  },
};
