// `pnpm conformance`. Relative folders are meant from where that was typed, which pnpm tells.
import { conformance } from './cli.ts';

const cwd = process.env.INIT_CWD ?? process.cwd();
process.exitCode = await conformance(process.argv.slice(2), cwd, (line) => console.log(line));
