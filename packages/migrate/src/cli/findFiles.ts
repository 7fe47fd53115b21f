import { closeSync, type Dirent, openSync, readdirSync, readSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import type { Target } from '../target.ts';
import { IgnoreRules } from './ignoreRules.ts';
import { UsageError } from './options.ts';

/** A file that was found: where it is, and what it is called in a project and in a report. */
export interface FoundFile {
  readonly path: string;
  /** Relative to the folder that all of them have in common, with `/`. A Python script without `.py` gets that. */
  readonly name: string;
  /** Relative to where the command runs, if it is in there. */
  readonly shown: string;
}

/** What a walk found, and the folders and files that it could not read. */
export interface Found {
  readonly files: readonly FoundFile[];
  readonly unreadable: readonly { readonly shown: string; readonly reason: string }[];
}

const PYTHON = /\.pyw?$/;
/** What says which packages an application has, or where it gets them from. */
const AROUND_PYTHON =
  /(?:^|\/)(?:[^/]*(?:requirements|constraints)[^/]*\.(?:txt|in)|requirements\/[^/]*\.(?:txt|in)|pyproject\.toml|setup\.cfg|tox\.ini|pipfile|(?:poetry|uv|pdm|pipfile)\.lock|(?:environment|conda)\.ya?ml|micropy\.json|package\.json|\.gitmodules|makefile|justfile|dockerfile[^/]*|[^/]*\.(?:sh|bat|ps1|mk|cmd))$/i;
const JAVASCRIPT = /\.[cm]?[jt]sx?$/;
const AROUND_JAVASCRIPT = /^(?:package\.json|[jt]sconfig(?:\..+)?\.json)$/;

/**
 * Finds what a target is about in files and folders. Symbolic links within a folder are not followed: what they lead to is
 * found where it is, or belongs to somebody else. Links that lead in circles are harmless that way.
 *
 * @throws UsageError when a path is not there, or is no file or folder.
 */
export function findFiles(
  cwd: string,
  paths: readonly string[],
  target: Target,
  globs: readonly string[],
): Found {
  const found = new Map<string, boolean>();
  const unreadable: { shown: string; reason: string }[] = [];
  const show = (path: string): string => {
    const inside = relative(cwd, path) || '.';
    // Of what is elsewhere, the whole path says more than the way there.
    return (inside.startsWith('..') ? path : inside).split(sep).join('/');
  };
  for (const given of paths) {
    const path = existing(cwd, given);
    const state = statSync(path);
    const isFolder = state.isDirectory();
    // Reading from a pipe or a device would wait, or not end.
    if (!isFolder && !state.isFile()) throw new UsageError(`${given} is neither a file nor a folder.`);
    const rules = new IgnoreRules(isFolder ? path : dirname(path), cwd, globs);
    if (!isFolder) {
      if (!rules.isExcluded(path, false)) found.set(path, true);
      continue;
    }
    walk(path, rules, {
      file: (file) => found.set(file, found.get(file) ?? false),
      failed: (folder, reason) => unreadable.push({ shown: show(folder), reason }),
    });
  }
  const wanted = [...found]
    .filter(([path, isGiven]) => isGiven || isAbout(path, target))
    .map(([path]) => path);
  const top = commonFolder(
    wanted.length > 0 ? wanted : [cwd],
    paths.length === 1 ? resolve(cwd, paths[0] ?? '') : cwd,
  );
  const taken = new Set(wanted);
  const files = wanted.sort().map((path) => {
    let named = path;
    // What the library knows of a file is its name.
    while (isPython(path) && (!named.endsWith('.py') || (named !== path && taken.has(named)))) {
      named = named.endsWith('.py') ? named.replace(/\.py$/, '_.py') : `${named}.py`;
    }
    return { path, name: relative(top, named).split(sep).join('/'), shown: show(path) };
  });
  return { files, unreadable };
}

interface Visitor {
  file(path: string): void;
  failed(folder: string, reason: string): void;
}

function walk(folder: string, rules: IgnoreRules, visitor: Visitor): void {
  let entries: Dirent[];
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    visitor.failed(folder, (error as Error).message);
    return;
  }
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (!rules.isIgnored(path, true)) walk(path, rules, visitor);
    } else if (entry.isFile() && !rules.isIgnored(path, false)) visitor.file(path);
  }
}

function existing(cwd: string, given: string): string {
  try {
    return realpathSync(resolve(cwd, given));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new UsageError(code === 'ELOOP' ? `${given} leads in a circle.` : `There is no ${given}.`);
  }
}

function isAbout(path: string, target: Target): boolean {
  const name = basename(path);
  // A port takes everything along: templates, pictures, data.
  if (target === 'ts') return true;
  if (target === 'js') return JAVASCRIPT.test(name) || AROUND_JAVASCRIPT.test(name);
  return isPython(path) || AROUND_PYTHON.test(path.split(sep).join('/'));
}

function isPython(path: string): boolean {
  const name = basename(path);
  return PYTHON.test(name) || (!name.includes('.') && isPythonScript(path));
}

/** `#!/usr/bin/env python3` */
function isPythonScript(path: string): boolean {
  try {
    const descriptor = openSync(path, 'r');
    try {
      const head = Buffer.alloc(64);
      const length = readSync(descriptor, head, 0, head.length, 0);
      return /^#!.*\bpython[\d.]*\b/.test(head.toString('latin1', 0, length));
    } finally {
      closeSync(descriptor);
    }
  } catch {
    return false;
  }
}

/** The folder that all paths are in; at most the one that was given. */
function commonFolder(paths: readonly string[], given: string): string {
  let common = dirname(paths[0] ?? given);
  for (const path of paths) {
    while (!`${path}${sep}`.startsWith(common.endsWith(sep) ? common : common + sep))
      common = dirname(common);
  }
  const folder = `${given}${sep}`;
  return common.startsWith(folder) ? given : common;
}
