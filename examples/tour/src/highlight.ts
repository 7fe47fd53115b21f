import { escapeHtml, Html } from './html.ts';

/** What gets a colour in TypeScript, each in a group that is named after its class in the stylesheet. */
const TOKEN = new RegExp(
  [
    /(?<comment>\/\/.*|\/\*[\s\S]*?\*\/)/,
    /(?<string>'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*")/,
    // A regular expression stands where a value does, or else it is a division.
    /(?<regexp>(?<=[(,=:?|&[]\s*)\/(?![/*])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])+\/[a-z]*)/,
    /(?<keyword>\b(?:as|async|await|break|catch|class|const|continue|else|export|extends|finally|for|from|function)\b)/,
    /(?<keyword2>\b(?:if|implements|import|in|instanceof|interface|let|new|of|readonly|return|satisfies|static)\b)/,
    /(?<keyword3>\b(?:switch|this|throw|try|type|typeof|while|yield|true|false|null|undefined)\b)/,
    /(?<number>\b\d[\d_.]*\b)/,
    /(?<call>[\w$]+(?=[(`]))/,
    /(?<mark>[`{}])/,
  ]
    .map(({ source }) => source)
    .join('|'),
  'g',
);

/** TypeScript in colour. Good for the code of the tour, and no more than that. */
export function highlight(code: string): Html {
  let text = '';
  let at = 0;
  // One number for every template that is open: how many braces are, in the `${...}` that is being read.
  const templates: number[] = [];
  const copyTo = (end: number): void => {
    text += escapeHtml(code.slice(at, end));
    at = end;
  };
  const paintTo = (end: number, name: string): void => {
    text += `<span class="${name}">${escapeHtml(code.slice(at, end))}</span>`;
    at = end;
  };
  /** From a backtick, or from the brace that closes a `${...}`, to the end of the template or to the next `${`. */
  const readTemplate = (): void => {
    const [piece] = /(?:\\.|(?!\$\{)[^`\\])*(?:`|\$\{|$)/sy.exec(code.slice(at + 1)) ?? [''];
    paintTo(at + 1 + piece.length, 'string');
    if (piece.endsWith('${')) templates.push(0);
  };

  for (;;) {
    TOKEN.lastIndex = at;
    const match = TOKEN.exec(code);
    if (!match) break;
    copyTo(match.index);
    const [token] = match;
    const [kind = ''] = Object.entries(match.groups ?? {}).find(([, found]) => found !== undefined) ?? [];
    const depth = templates.at(-1);
    if (token === '`') {
      readTemplate();
    } else if (token === '}' && depth === 0) {
      templates.pop();
      readTemplate();
    } else if (kind === 'mark') {
      if (depth !== undefined) templates[templates.length - 1] = depth + (token === '{' ? 1 : -1);
      copyTo(at + 1);
    } else {
      paintTo(at + token.length, kind.replace(/\d$/, ''));
    }
  }
  copyTo(code.length);
  return new Html(text);
}
