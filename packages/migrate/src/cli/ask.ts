import type { Io } from './io.ts';

/** The command line that the answers of somebody at a terminal amount to; nothing when they want none. */
export async function askForCommand(io: Io): Promise<string[] | undefined> {
  io.stdout(`Takes a Microdot 1.x application to Microdot 2.x. What is it to become?

  1  Python on Microdot 2 (py2)
  2  TypeScript on @microdot/* (ts)
  3  JavaScript or TypeScript, from the names of 1.x to those of 2.x (js)

`);
  const target = { 1: 'py2', 2: 'ts', 3: 'js', py2: 'py2', ts: 'ts', js: 'js' }[
    await answer(io, '1, 2, 3, or nothing to leave: ')
  ];
  if (target === undefined) return undefined;
  const path = (await answer(io, 'Which file or folder? [.] ')) || '.';
  if (target === 'ts') {
    const out = await answer(io, 'Which new folder is it to be written to? ');
    return out === '' ? undefined : ['ts', path, '--out', out];
  }
  const writes = await answer(io, 'Change the files, or only show what would change? [change/SHOW] ');
  return /^c/i.test(writes) ? [target, path] : [target, path, '--dry-run'];
}

async function answer(io: Io, question: string): Promise<string> {
  return (await io.ask(question)).trim();
}
