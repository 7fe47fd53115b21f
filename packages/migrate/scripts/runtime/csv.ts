import { str } from './text.ts';
import type { Untyped } from './untyped.ts';

/** Python's `csv.writer()`. */
export class CsvWriter {
  readonly #file: { write(text: string): unknown };
  readonly #delimiter: string;

  constructor(file: { write(text: string): unknown }, { delimiter = ',' }: { delimiter?: string } = {}) {
    this.#file = file;
    this.#delimiter = delimiter;
  }

  writerow(values: Iterable<unknown>): void {
    const quoted = Array.from(values, (value) => {
      const text = value == null ? '' : str(value);
      return text.includes(this.#delimiter) || /["\r\n]/.test(text)
        ? `"${text.replaceAll('"', '""')}"`
        : text;
    });
    this.#file.write(`${quoted.join(this.#delimiter)}\r\n`);
  }

  writerows(rows: Iterable<Iterable<unknown>>): void {
    for (const row of rows) this.writerow(row);
  }
}

/** Python's `csv.DictWriter()`. */
export class CsvDictWriter {
  readonly #rows: CsvWriter;
  readonly #names: readonly string[];

  constructor(
    file: { write(text: string): unknown },
    names: readonly string[],
    options: { delimiter?: string } = {},
  ) {
    this.#rows = new CsvWriter(file, options);
    this.#names = names;
  }

  writeheader(): void {
    this.#rows.writerow(this.#names);
  }

  writerow(row: Untyped): void {
    this.#rows.writerow(this.#names.map((name) => row[name] ?? ''));
  }

  writerows(rows: Iterable<Untyped>): void {
    for (const row of rows) this.writerow(row);
  }
}

/** Python's `csv.reader()`. */
export function csvRows(
  lines: Iterable<string>,
  { delimiter = ',' }: { delimiter?: string } = {},
): string[][] {
  const rows: string[][] = [];
  let [row, field, isQuoted]: [string[], string, boolean] = [[], '', false];
  for (const line of lines) {
    const text = line.replace(/\r?\n$/, '');
    if (text === '' && !isQuoted) continue;
    for (let i = 0; i < text.length; i++) {
      const character = text[i] as string;
      if (isQuoted && character === '"' && text[i + 1] === '"') field += text[++i];
      else if (character === '"') isQuoted = !isQuoted;
      else if (character === delimiter && !isQuoted) {
        row.push(field);
        field = '';
      } else field += character;
    }
    if (isQuoted) field += '\n';
    else {
      rows.push([...row, field]);
      [row, field] = [[], ''];
    }
  }
  return rows;
}

/** Python's `csv.DictReader()`. */
export function csvRecords(
  lines: Iterable<string>,
  options: { delimiter?: string } = {},
): Record<string, string>[] {
  const [names = [], ...rows] = csvRows(lines, options);
  return rows.map((row) => Object.fromEntries(names.map((name, i) => [name, row[i] ?? ''])));
}
