import { type FileChange, linesOf, noteAt } from './lines.ts';
import { migrateRequirementLines } from './requirementLines.ts';
import { migrateToml } from './toml.ts';

/** What becomes of a file of a project that is no Python source; `null` for files that say nothing of Microdot. */
export function migrateOtherFile(file: string, source: string): FileChange | null {
  if (!/microdot/i.test(source)) return null;
  const name = (file.split('/').at(-1) ?? '').toLowerCase();
  if (
    /^(?:.*requirements.*|.*constraints.*)\.(?:txt|in)$/.test(name) ||
    /(?:^|\/)requirements\/[^/]*\.(?:txt|in)$/.test(file)
  ) {
    return migrateRequirementLines(source);
  }
  if (/^(?:setup\.cfg|tox\.ini|environment\.ya?ml|conda\.ya?ml)$/.test(name))
    return migrateRequirementLines(source);
  if (name === 'pyproject.toml' || name === 'pipfile') return migrateToml(source);
  if (LOCKS.test(name))
    return noteFirst(source, 'This file says which versions are installed.', 'Make it again.');
  if (SCRIPTS.test(name)) return noteModules(source);
  if (/\.ya?ml$/.test(name)) return noteInstalls(source);
  return null;
}

const LOCKS = /^(?:poetry|uv|pdm)\.lock$|^pipfile\.lock$/;
const SCRIPTS =
  /^(?:makefile|dockerfile.*|\.gitmodules|micropy\.json|package\.json|justfile)$|\.(?:sh|bat|ps1|mk|cmd)$/;

function noteFirst(source: string, message: string, suggestion: string): FileChange {
  const line = linesOf(source).find(({ text }) => /\bmicrodot\b/i.test(text));
  return { edits: [], notes: line === undefined ? [] : [noteAt(line, message, suggestion)] };
}

const INSTALL = /\bpip\d*\b.*\binstall\b.*\bmicrodot\b|\bupip\b.*\bmicrodot\b/i;

function noteInstalls(source: string): FileChange {
  const lines = linesOf(source).filter(
    ({ text }) => INSTALL.test(text) && !/microdot\W*(?:>=|==|~=)\s*2/.test(text),
  );
  return {
    edits: [],
    notes: lines.map((line) => noteAt(line, 'This installs Microdot.', 'pip install "microdot>=2.0"')),
  };
}

// Scripts that copy, compile or install the modules of 1.x.
function noteModules(source: string): FileChange {
  const notes = linesOf(source)
    .filter(({ text }) =>
      /\bmicrodot(?:_\w+)?\.m?py\b|microdot-(?!migrate\b)\w+|\bmicrodot_\w+|miguelgrinberg\/microdot/i.test(
        text,
      ),
    )
    .map((line) =>
      noteAt(
        line,
        'This names files of Microdot 1. Version 2 is a folder, microdot/, with a file for each extension.',
        'microdot/__init__.py, microdot/microdot.py, and the extensions that are used',
      ),
    );
  return { edits: [], notes: [...notes, ...noteInstalls(source).notes] };
}
