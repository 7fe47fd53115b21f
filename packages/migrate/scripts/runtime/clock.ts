import { ValueError } from './errors.ts';

/** Python's `time.localtime()`: year, month, day, hour, minute, second, weekday, day of the year, daylight saving. */
export function localtime(seconds: number = Date.now() / 1000): number[] {
  const date = new Date(seconds * 1000);
  const start = new Date(date.getFullYear(), 0, 1);
  const day = new Date(date.getFullYear(), date.getMonth(), date.getDate());
  return [
    date.getFullYear(),
    date.getMonth() + 1,
    date.getDate(),
    date.getHours(),
    date.getMinutes(),
    date.getSeconds(),
    weekday(date),
    Math.round((day.getTime() - start.getTime()) / 86_400_000) + 1,
    0,
  ];
}

/** Python's `time.gmtime()`. */
export function gmtime(seconds: number = Date.now() / 1000): number[] {
  return localtime(seconds + new Date(seconds * 1000).getTimezoneOffset() * 60);
}

/** The time that `localtime()` took apart. */
export function fromTimeTuple(parts: readonly number[]): Date {
  const [year = 1970, month = 1, day = 1, hour = 0, minute = 0, second = 0] = parts;
  return new Date(year, month - 1, day, hour, minute, second);
}

/** Python's `datetime.utcnow()`: the time in Greenwich, as if it were the one here. */
export function utcNow(): Date {
  const now = new Date();
  return new Date(now.getTime() + now.getTimezoneOffset() * 60_000);
}

/** Python's `datetime.date()`: the day of a time, at midnight. */
export function dayOf(date: Date): Date {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate());
}

/** A day and whole days: clocks that are put forward or back on the way do not count. */
export function addSeconds(date: Date, seconds: number): Date {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() + Math.floor(seconds / 86400));
}

/** Python's `datetime.date()` of a time in UTC. */
export function utcDay(date: Date): Date {
  return new Date(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate());
}

/** Python's `datetime.isoformat()` of a time in UTC that knows its zone. */
export function isoUtc(date: Date, separator = 'T'): string {
  const [whole = '', fraction = ''] = date.toISOString().replace('Z', '').split('.');
  return `${whole.replace('T', separator)}${fraction === '000' ? '' : `.${fraction}000`}+00:00`;
}

/** Python's `date.isoformat()`. */
export function isoDay(date: Date): string {
  const two = (number: number) => String(number).padStart(2, '0');
  return `${String(date.getFullYear()).padStart(4, '0')}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** Python's `date.weekday()`: Monday is 0. */
export function weekday(date: Date): number {
  return (date.getDay() + 6) % 7;
}

/** Python's `datetime.strptime()`, with the codes for numbers. */
export function strptime(text: string, format: string): Date {
  const codes: Record<string, string> = {
    Y: '\\d{4}',
    m: '\\d\\d?',
    d: '\\d\\d?',
    H: '\\d\\d?',
    M: '\\d\\d?',
    S: '\\d\\d?',
    f: '\\d{1,6}',
    y: '\\d\\d',
  };
  const order: string[] = [];
  const pattern = format.replace(/%(.)|[.*+?^${}()|[\]\\/-]/g, (whole, code?: string) => {
    if (code === undefined) return `\\${whole}`;
    if (code === '%') return '%';
    if (!codes[code]) throw new ValueError(`'${code}' is a bad directive in format '${format}'`);
    order.push(code);
    return `(${codes[code]})`;
  });
  const match = new RegExp(`^${pattern}$`).exec(text);
  if (!match) throw new ValueError(`time data '${text}' does not match format '${format}'`);
  const part = (code: string, otherwise: number) => {
    const at = order.indexOf(code);
    return at < 0 ? otherwise : Number(match[at + 1]);
  };
  const short = part('y', 0);
  const year = order.includes('y') ? short + (short < 69 ? 2000 : 1900) : part('Y', 1900);
  const fraction = order.includes('f')
    ? Number((match[order.indexOf('f') + 1] as string).padEnd(3, '0').slice(0, 3))
    : 0;
  const date = new Date(
    year,
    part('m', 1) - 1,
    part('d', 1),
    part('H', 0),
    part('M', 0),
    part('S', 0),
    fraction,
  );
  if (date.getMonth() !== part('m', 1) - 1 || date.getDate() !== part('d', 1))
    throw new ValueError('day is out of range for month');
  return date;
}

/** Python's `date.replace()`: a copy with some parts changed. */
export function replaceParts(
  date: Date,
  parts: {
    year?: number;
    month?: number;
    day?: number;
    hour?: number;
    minute?: number;
    second?: number;
    microsecond?: number;
  },
): Date {
  return new Date(
    parts.year ?? date.getFullYear(),
    (parts.month ?? date.getMonth() + 1) - 1,
    parts.day ?? date.getDate(),
    parts.hour ?? date.getHours(),
    parts.minute ?? date.getMinutes(),
    parts.second ?? date.getSeconds(),
    parts.microsecond === undefined ? date.getMilliseconds() : parts.microsecond / 1000,
  );
}

/** A span of time, in seconds, as Python's `str()` has it: `2 days, 3:00:00`. */
export function spanText(seconds: number): string {
  const days = Math.floor(seconds / 86400);
  const rest = seconds - days * 86400;
  const two = (number: number) => String(number).padStart(2, '0');
  const fraction = Math.round((rest % 1) * 1e6);
  const time = `${Math.floor(rest / 3600)}:${two(Math.floor(rest / 60) % 60)}:${two(Math.floor(rest) % 60)}`;
  const whole = fraction === 0 ? time : `${time}.${String(fraction).padStart(6, '0')}`;
  return days === 0 ? whole : `${days} day${Math.abs(days) === 1 ? '' : 's'}, ${whole}`;
}
