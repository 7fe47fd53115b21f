// The size budget: what an application that imports `Microdot` alone weighs, minified and gzipped.
// `pnpm size --why` lists what it is made of. It reads dist: build first.
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

const BUDGET = 7000;

const { outputFiles, metafile } = await build({
  stdin: {
    contents: "import { Microdot } from '@microdot/core/portable';\nexport default new Microdot();\n",
    resolveDir: fileURLToPath(new URL('../packages/core', import.meta.url)),
  },
  bundle: true,
  write: false,
  metafile: true,
  minify: true,
  format: 'esm',
  platform: 'neutral',
  target: 'es2023',
  // Of a file that another imports for nothing: outside node_modules esbuild remarks on it.
  logOverride: { 'ignored-bare-import': 'silent' },
});

if (process.argv.includes('--why')) {
  const inputs = Object.values(metafile.outputs)[0]?.inputs ?? {};
  const parts = Object.entries(inputs).sort(([, a], [, b]) => b.bytesInOutput - a.bytesInOutput);
  for (const [file, { bytesInOutput }] of parts) console.log(`${String(bytesInOutput).padStart(6)} ${file}`);
}

const minified = outputFiles[0]?.contents ?? new Uint8Array();
const size = gzipSync(minified, { level: 9 }).length;
console.log(`${size} bytes gzipped of ${BUDGET} allowed (${minified.length} minified)`);
if (size > BUDGET) {
  console.error(`${size - BUDGET} bytes over the budget: see \`pnpm size --why\`.`);
  process.exitCode = 1;
}
