import { type FileChange, type Line, linesOf, noteAt, RULE } from './lines.ts';
import { newRequirement, requiresMicrodot } from './requirement.ts';

/** `requirements.txt` and what has its form: a requirement a line, after blanks or the `- ` of a list. */
export function migrateRequirementLines(source: string): FileChange {
  const change: FileChange = { edits: [], notes: [] };
  const lines = linesOf(source).map(split);
  let hasOther = lines.some(({ requirement }) => requiresMicrodot(requirement) && !requirement.includes('@'));
  for (const { line, lead, requirement } of lines) {
    if (/\s--hash=|\\$/.test(requirement)) {
      if (
        requiresMicrodot(requirement) &&
        /^[\w.-]+\s*(?:==|~=|<)/.test(requirement) &&
        !/[=~]=\s*[2-9]/.test(requirement)
      ) {
        change.notes.push(
          noteAt(line, 'This requirement is pinned by its hash.', 'Make the file again, from microdot>=2.0.'),
        );
      }
      continue;
    }
    const found = newRequirement(requirement, hasOther);
    if (found === null) continue;
    if (found.note !== undefined) change.notes.push(noteAt(line, found.note, 'microdot>=2.0'));
    if (found.text === requirement) continue;
    const start = line.start + lead.length;
    if (found.text === null) change.edits.push({ start: line.start, end: line.next, text: '', rule: RULE });
    else change.edits.push({ start, end: start + requirement.length, text: found.text, rule: RULE });
    if (found.text !== null) hasOther = true;
  }
  return change;
}

function split(line: Line): { line: Line; lead: string; requirement: string } {
  const lead = /^\ufeff?\s*(?:-\s+(?!e\s))?["']?/.exec(line.text)?.[0] ?? '';
  const rest = line.text.slice(lead.length);
  const requirement = rest.replace(/(?:^|\s+)#.*$/, '').replace(/["']?\s*$/, '');
  return { line, lead, requirement };
}
