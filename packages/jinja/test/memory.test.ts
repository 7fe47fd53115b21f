import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from '@jest/globals';

/** What is built: another process has to run it, as this one's memory is that of jest. */
const dist = new URL('../dist/index.js', import.meta.url);

const script = `
  import { Environment } from ${JSON.stringify(dist.href)};
  const source = '{% for row in rows %}<tr>{% for cell in row %}<td>{{ cell }}</td>{% endfor %}</tr>{% endfor %}';
  const page = new Environment({ templates: { p: source } }).getTemplate('p');
  const row = Array.from({ length: 10 }, (_, i) => 'some <text> in cell ' + i + ' of a long, long row');
  const isAsync = process.argv[1] === 'async';
  function* rows() { for (;;) yield row; }
  async function* later() { for (;;) { await undefined; yield row; } }
  let size = 0;
  let peak = 0;
  const take = (piece) => {
    size += piece.length;
    peak = Math.max(peak, process.memoryUsage.rss());
    return size > 200_000_000;
  };
  if (isAsync) { for await (const piece of page.generateAsync({ rows: later() })) if (take(piece)) break; }
  else for (const piece of page.generate({ rows: rows() })) if (take(piece)) break;
  console.log(JSON.stringify({ size, peak }));
`;

const whereBuilt = existsSync(fileURLToPath(dist)) ? it : it.skip;

whereBuilt.each(['sync', 'async'])('200 MB of a lazy source take less than 120 MiB of memory: %s', (kind) => {
  const args = ['--input-type=module', '-e', script, kind];
  const { stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  expect(stderr).toBe('');
  const { size, peak } = JSON.parse(stdout) as { size: number; peak: number };
  expect(size).toBeGreaterThan(200_000_000);
  expect(peak).toBeLessThan(120 * 1024 * 1024);
});
