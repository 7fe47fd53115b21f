import { existsSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { clientTransport } from './clientTransport.ts';
import { families } from './families.ts';
import { nodeTransport } from './nodeTransport.ts';
import { report } from './report.ts';
import type { Transport } from './transport.ts';
import { readFamily } from './vectors.ts';

export const transports: readonly Transport[] = [clientTransport, nodeTransport];

/** The vectors of this repository. */
export const vectorFolder: string = fileURLToPath(new URL('../vectors', import.meta.url));

const USAGE = `usage: pnpm conformance [--dir DIR] [--family NAME] [--transport ${transports.map(({ name }) => name).join('|')}]`;

interface Choice {
  readonly folder: string;
  readonly names: readonly string[];
  readonly transport: Transport;
}

/**
 * Replays the families that are asked for.
 *
 * @param cwd what a relative `--dir` is relative to.
 * @returns the exit code: 0 where every vector passed, 1 where one failed, 2 where the arguments make no sense.
 */
export async function conformance(
  args: readonly string[],
  cwd: string,
  print: (line: string) => void,
): Promise<number> {
  const choice = choose(args, cwd);
  if (typeof choice === 'string') {
    print(`${choice}\n${USAGE}`);
    return 2;
  }
  const { folder, names, transport } = choice;
  let found = 0;
  let failed = 0;
  for (const name of names) {
    const file = await readFamily(folder, name);
    if (!file) continue;
    found++;
    const replay = families[name];
    const { lines, isPassed } = replay
      ? report(name, await replay(file, { transport }))
      : { lines: [`${name}: not yet`], isPassed: true };
    for (const line of lines) print(line);
    if (!isPassed) failed++;
  }
  if (found > 0) return failed > 0 ? 1 : 0;
  print(`${folder} has no vectors of ${names.join(', ')}`);
  return 2;
}

/** What the arguments ask for, or what is wrong with them. */
function choose(args: readonly string[], cwd: string): Choice | string {
  try {
    const { values } = parseArgs({
      // `pnpm conformance -- --family x` brings the dashes along.
      args: args.filter((arg) => arg !== '--'),
      options: { dir: { type: 'string' }, family: { type: 'string' }, transport: { type: 'string' } },
    });
    const { dir, family, transport: wanted = 'client' } = values;
    const transport = transports.find(({ name }) => name === wanted);
    if (!transport) return `There is no transport ${wanted}`;
    const folder = dir === undefined ? vectorFolder : resolve(cwd, dir);
    if (family !== undefined && !namesIn(folder).includes(family)) return `There is no family ${family}`;
    return { folder, names: family === undefined ? namesIn(folder) : [family], transport };
  } catch (error) {
    return (error as Error).message;
  }
}

/** The families that are known, and what else the folder has. */
function namesIn(folder: string): string[] {
  const files = existsSync(folder) ? readdirSync(folder) : [];
  const others = files.filter((file) => file.endsWith('.json')).map((file) => file.slice(0, -'.json'.length));
  return [...new Set([...Object.keys(families), ...others])];
}
