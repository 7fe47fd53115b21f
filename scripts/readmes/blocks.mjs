/**
 * A fenced block of a Markdown file.
 *
 * @typedef {object} Block
 * @property {string} language what stands behind the fence: `ts`, `sh`
 * @property {string} code
 * @property {number} line where its code begins, from 1
 * @property {string | undefined} file the file that it is, where the text before it ends in the name of one: `login.html`:
 */

/**
 * The fenced blocks of a Markdown file, in their order.
 *
 * @param {string} markdown
 * @returns {Block[]}
 */
export function blocksOf(markdown) {
  /** @type {Block[]} */
  const blocks = [];
  const lines = markdown.split(/\r?\n/);
  for (let at = 0; at < lines.length; at++) {
    const fence = /^ *(`{3,})(\w*)/.exec(lines[at] ?? '');
    if (!fence) continue;
    const [, mark = '', language = ''] = fence;
    const end = lines.findIndex((line, index) => index > at && line.trim() === mark);
    if (end === -1) throw new Error(`the block in line ${at + 1} has no end`);
    const code = `${lines.slice(at + 1, end).join('\n')}\n`;
    blocks.push({ language, code, line: at + 2, file: fileNamedIn(textBefore(lines, at)) });
    at = end;
  }
  return blocks;
}

/**
 * The packages that the `npm install` lines above a line bring.
 *
 * @param {Block[]} blocks
 * @param {number} [line]
 * @returns {string[]}
 */
export function installedBy(blocks, line = Number.POSITIVE_INFINITY) {
  return blocks
    .filter((block) => block.language === 'sh' && block.line < line)
    .flatMap(({ code }) => [...code.matchAll(/^npm (?:install|i) (.+)$/gm)])
    .flatMap(([, names = '']) => names.split(/\s+#/)[0]?.split(/\s+/) ?? [])
    .filter((name) => name !== '' && !name.startsWith('-'))
    .map((name) => name.replace(/(?<=.)@.*/, ''));
}

/**
 * The last line before a fence that is not empty.
 *
 * @param {string[]} lines
 * @param {number} fence
 */
function textBefore(lines, fence) {
  return lines.slice(0, fence).findLast((line) => line.trim() !== '') ?? '';
}

/** @param {string} text */
function fileNamedIn(text) {
  return /`([\w-][\w./-]*\.\w+)`:$/.exec(text)?.[1];
}
