import type { Note } from '../edit/edit.ts';
import { guideLink } from './guide.ts';
import { countRules, type FileResult, type RunResult } from './result.ts';

/** The report for a person: per file what was changed, and by which rule; then what is left to do, and what failed. */
export function textReport(result: RunResult): string {
  const isNew = ({ state, notes }: FileResult): boolean => state === 'created' && notes.length === 0;
  const parts = [
    createdText(result, result.files.filter(isNew)),
    ...result.files.filter((file) => !isNew(file)).map((file) => fileText(file, result.mode === 'write')),
    vendoredText(result),
    failuresText(result),
    summary(result),
  ];
  return `${[...parts, guideHint(result)].filter((part) => part !== '').join('\n\n')}\n`;
}

function createdText({ mode }: RunResult, files: readonly FileResult[]): string {
  if (files.length === 0) return '';
  const lines = files.map(({ file }) => `  ${file}`).sort();
  return [mode === 'write' ? 'Written:' : 'Would be written:', ...lines].join('\n');
}

function fileText({ file, state, edits, notes }: FileResult, isWritten: boolean): string {
  const lines = [file];
  const done = {
    changed: isWritten ? 'changed' : 'would change',
    created: isWritten ? 'written' : 'would be written',
  };
  if (state !== 'unchanged') {
    const rules = countRules(edits).map(([rule, count]) => (count === 1 ? rule : `${rule} ${count}×`));
    lines.push(`  ${done[state]}${rules.length > 0 ? `: ${rules.join(', ')}` : ''}`);
  }
  return [...lines, ...alike(notes).map(notesText)].join('\n');
}

/** Notes that say the same of several places, each with the first of them. */
function alike(notes: readonly Note[]): [Note, ...Note[]][] {
  const groups = new Map<string, [Note, ...Note[]]>();
  for (const note of notes) {
    const { rule, message, suggestion, guide } = note;
    const key = JSON.stringify([rule, message, suggestion, guide]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [note]);
    else group.push(note);
  }
  return [...groups.values()];
}

function notesText(notes: [Note, ...Note[]]): string {
  const [{ rule, message, suggestion, guide }] = notes;
  const places = notes.map(({ line, column }) => `${line}:${column}`).join(', ');
  const lines = [`  ${places}  ${message}  [${rule}]`];
  if (suggestion !== undefined)
    lines.push(`         write: ${suggestion.replaceAll('\n', '\n                ')}`);
  lines.push(`         ${guideLink(guide)}`);
  return lines.join('\n');
}

function vendoredText({ vendored }: RunResult): string {
  if (vendored.length === 0) return '';
  const lines = vendored.map(({ file, replacement }) => `  ${file}  ->  ${replacement}`);
  return [
    `Copies of Microdot, left as they are; put these of 2.x in their place:`,
    ...lines,
    `  ${guideLink('copies-of-microdot')}`,
  ].join('\n');
}

/** Who has only the command has no folder of documents. */
function guideHint({ files, vendored }: RunResult): string {
  const section =
    files.flatMap(({ notes }) => notes)[0]?.guide ?? (vendored.length > 0 ? 'copies-of-microdot' : undefined);
  return section === undefined
    ? ''
    : `To read a section of the guide: npx @microdot/migrate guide ${section}`;
}

function failuresText({ failures }: RunResult): string {
  if (failures.length === 0) return '';
  const lines = failures.map(({ file, line, column, message }) => {
    const place = line ? `${file}:${line}:${column}` : file;
    return `  ${place}  ${message}`;
  });
  return ['Failed, and left as they were:', ...lines].join('\n');
}

function summary({ files, looked, mode, vendored, failures, out }: RunResult): string {
  const changed = files.filter(({ state }) => state !== 'unchanged').length;
  const notes = files.reduce((sum, file) => sum + file.notes.length, 0);
  const verb = mode === 'write' ? '' : 'would be ';
  const what = out === undefined ? `${verb}changed` : `${verb}written to ${out}`;
  const parts = [
    changed === 0 && out === undefined ? 'Nothing to change' : `${count(changed, 'file')} ${what}`,
  ];
  parts.push(`${count(looked, 'file')} looked at`);
  if (notes > 0) parts.push(`${count(notes, 'thing')} left to do`);
  if (vendored.length > 0) parts.push(count(vendored.length, 'copy of Microdot', 'copies of Microdot'));
  if (failures.length > 0) parts.push(`${count(failures.length, 'file')} failed`);
  return `${parts.join('; ')}.`;
}

function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}
