// Writes the JavaScript of dist: a file for each entry and for each part that is loaded on demand, and what they share in files
// of its own. Loading one module takes Node half a millisecond, and the sources are some forty.
import { build } from 'esbuild';

await build({
  entryPoints: [
    'src/index.ts',
    'src/node.ts',
    'src/extension.ts',
    'src/node/files.ts',
    'src/node/run.ts',
    'src/node/server.ts',
  ],
  outdir: 'dist',
  outbase: 'src',
  // What two entries need is not in both of them: there is one class of everything.
  bundle: true,
  splitting: true,
  chunkNames: 'shared/[name]-[hash]',
  format: 'esm',
  platform: 'node',
  target: 'es2023',
  sourcemap: true,
  sourcesContent: false,
  logLevel: 'warning',
});
