import { spawnSync } from 'node:child_process';

/**
 * Why git advises against writing into a folder: changes that are not committed, files that it does not know. Nothing
 * where all is committed, where there is no repository, and where there is no git.
 */
export function uncommitted(folder: string): string | undefined {
  const { status, stdout, stderr, error } = spawnSync('git', ['status', '--porcelain', '-z'], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    env: { ...process.env, GIT_OPTIONAL_LOCKS: '0', LC_ALL: 'C' },
  });
  if (error || /not a git repository/i.test(stderr)) return undefined;
  if (status !== 0) return `git cannot tell what is committed (${stderr.trim().split('\n')[0]}).`;
  const changes = changedPaths(stdout);
  if (changes.length === 0) return undefined;
  const first = changes.slice(0, 3);
  const more = changes.length > first.length ? ` and ${changes.length - first.length} more` : '';
  return `Not everything is committed: ${first.join(', ')}${more}.`;
}

/** `XY path`, each ended by a zero byte; behind what was renamed or copied, a line of its own says where from. */
function changedPaths(status: string): string[] {
  const paths: string[] = [];
  const lines = status.split('\0').filter((line) => line !== '');
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? '';
    paths.push(line.slice(3));
    if (/[RC]/.test(line.slice(0, 2))) at++;
  }
  return paths;
}
