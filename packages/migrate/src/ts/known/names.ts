/** The modules of MicroPython and of Microdot by the one name that the tables here have for what is in them. */
const MODULES: Readonly<Record<string, string>> = {
  uasyncio: 'asyncio',
  ujson: 'json',
  utime: 'time',
  urandom: 'random',
  ure: 're',
  uos: 'os',
  uio: 'io',
  usys: 'sys',
  uhashlib: 'hashlib',
  ubinascii: 'binascii',
  ucollections: 'collections',
  usocket: 'socket',
  ussl: 'ssl',
  microdot_jinja: 'jinja',
  'microdot.jinja': 'jinja',
  microdot_utemplate: 'utemplate',
  'microdot.utemplate': 'utemplate',
};

/** What a port has something for. */
const KNOWN = new Set(
  'argparse asyncio base64 binascii collections contextlib copy csv dataclasses datetime enum errno functools gc hashlib hmac html io itertools jinja json logging math microdot micropython operator os os.path pathlib platform random re secrets shutil signal statistics string struct sys threading time traceback types typing typing_extensions urllib urllib.parse utemplate uuid zlib _thread __future__ abc'.split(
    ' ',
  ),
);

/** True of modules that a port need not do without. */
export function isKnownModule(name: string): boolean {
  return KNOWN.has(canonicalModule(name));
}

/** What the single module of Microdot 1.x has at its top that is not its own. */
const STARRED = ['json', 're', 'io', 'asyncio'];

/**
 * A module by its canonical name; those of Microdot are one, `microdot`, as no two of them use a name for different things,
 * templates aside.
 */
export function canonicalModule(name: string): string {
  const known = MODULES[name.replace(/^lib\./, '')];
  if (known) return known;
  return isMicrodot(name) ? 'microdot' : name;
}

/** True of Microdot's own modules, and not of all that begin with `microdot_`. */
export function isMicrodot(name: string): boolean {
  return /^(?:lib\.)?(?:microdot|microdot_(?:asyncio|asyncio_websocket|asyncio_test_client|asgi|asgi_websocket|wsgi|cors|jinja|session|ssl|test_client|utemplate|websocket|websocket_alt)|microdot\.(?:microdot|websocket|asgi|wsgi|cors|jinja|session|test_client|utemplate|sse|auth|login|csrf|multipart|helpers))$/.test(
    name,
  );
}

/** A name that comes with `from microdot import *`. */
export function starredName(name: string): string | undefined {
  if (STARRED.includes(name)) return name;
  return MICRODOT.has(name) ? `microdot.${name}` : undefined;
}

const MICRODOT = new Set([
  'Microdot',
  'Request',
  'Response',
  'MultiDict',
  'NoCaseDict',
  'URLPattern',
  'HTTPException',
  'abort',
  'redirect',
  'send_file',
  'urlencode',
  'urldecode',
  'urldecode_str',
  'urldecode_bytes',
  'print_exception',
  'with_websocket',
  'websocket_upgrade',
]);

/** What a name that nothing is known of looks like: a class, by its first letters, or one of MicroPython's with a short name. */
export function isClassName(name: string): boolean {
  return /^[A-Z][a-z]|^[A-Z]+\d|^(WLAN|LAN|UART|ADC|DAC|PWM|RTC|SPI|WDT|BLE|SD|LCD|PID)$/.test(name);
}
