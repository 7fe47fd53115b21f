// `pnpm build`, or any other turbo command: `node scripts/turbo.mjs run build --filter=@microdot/core`.
import { prepare, turbo } from './lib/prepare.mjs';

await prepare();
process.exitCode = await turbo(process.argv.slice(2));
