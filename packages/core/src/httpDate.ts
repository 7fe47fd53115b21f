/** The form that everyone writes, and the two that a recipient has to understand beside it (RFC 9110 5.6.7). */
const FORMS = [
  /^[A-Z][a-z]{2}, (?<day>\d\d) (?<month>[A-Z][a-z]{2}) (?<year>\d{4}) (?<time>\d\d:\d\d:\d\d) GMT$/,
  /^[A-Z][a-z]{5,8}, (?<day>\d\d)-(?<month>[A-Z][a-z]{2})-(?<year>\d\d) (?<time>\d\d:\d\d:\d\d) GMT$/,
  /^[A-Z][a-z]{2} (?<month>[A-Z][a-z]{2}) (?<day>[ \d]\d) (?<time>\d\d:\d\d:\d\d) (?<year>\d{4})$/,
];
const MONTHS = 'JanFebMarAprMayJunJulAugSepOctNovDec';

/**
 * The time that an HTTP date names, in milliseconds; `undefined` where it is none. `Date.parse` would do for the first
 * form, but takes much more for a date than HTTP does, and a condition with a wrong date is to be ignored.
 */
export function parseHttpDate(text: string): number | undefined {
  for (const form of FORMS) {
    const groups = form.exec(text)?.groups as Record<'day' | 'month' | 'year' | 'time', string> | undefined;
    if (groups) return timeOf(groups);
  }
  return undefined;
}

function timeOf({
  day,
  month,
  year,
  time,
}: Record<'day' | 'month' | 'year' | 'time', string>): number | undefined {
  const index = MONTHS.indexOf(month) / 3;
  const [hours = 0, minutes = 0, seconds = 0] = time.split(':').map(Number);
  // 60 is a leap second.
  if (!Number.isInteger(index) || index < 0 || hours > 23 || minutes > 59 || seconds > 60) return undefined;
  const midnight = Date.UTC(year.length === 2 ? century(Number(year)) : Number(year), index, Number(day));
  // The 30th of February would be the 2nd of March.
  if (new Date(midnight).getUTCDate() !== Number(day)) return undefined;
  return midnight + ((hours * 60 + minutes) * 60 + seconds) * 1000;
}

/** Two digits that seem to lie more than fifty years ahead are of the century before. */
function century(year: number): number {
  const now = new Date().getUTCFullYear();
  const candidate = now - (now % 100) + year;
  return candidate > now + 50 ? candidate - 100 : candidate;
}
