import { factsOf } from '../../flow/facts.ts';
import { walk } from '../../python/fields.ts';
import type { Call, Constant, Expression } from '../../python/tree.ts';
import type { FileContext, Rule } from '../context.ts';
import { RULE as NAME } from '../files/lines.ts';
import { newRequirement } from '../files/requirement.ts';

/** Requirements in `setup.py`, and files of Microdot 1 that a script installs, compiles or copies. */
export const scripts: Rule = {
  name: NAME,
  run(context) {
    for (const call of factsOf(context.module).calls) {
      for (const { arg, value } of call.keywords) {
        if (arg !== undefined && /^(?:install|tests|extras|setup)_require[sd]?s?$/.test(arg))
          rewriteRequirements(context, value);
      }
      noteFiles(context, call);
    }
  },
};

function rewriteRequirements(context: FileContext, value: Expression): void {
  walk(value, (node) => {
    if (node.nodeType !== 'Constant' || node.type !== 'str') return true;
    const written = String(node.value);
    const found = newRequirement(written, false);
    if (found === null) return true;
    const at = context.source.indexOf(written, node.start);
    if (found.note !== undefined)
      context.note(NAME, node, { message: found.note, suggestion: 'microdot>=2.0', guide: 'requirements' });
    if (found.text !== null && found.text !== written && at >= 0 && at + written.length < node.end)
      context.replace(NAME, { start: at, end: at + written.length }, found.text);
    return true;
  });
}

const FILES = /\bmicrodot(?:_\w+)?\.m?py\b/;
const INSTALLERS = /^(?:mip|upip)\.install$/;

function noteFiles(context: FileContext, call: Call): void {
  const texts = [...call.args, ...call.keywords.map(({ value }) => value)].filter(isText);
  const isInstaller = INSTALLERS.test(context.text(call.func));
  for (const text of texts) {
    const value = String(text.value);
    if (isInstaller && value.includes('microdot')) {
      context.note(NAME, text, {
        message: 'This installs a file of Microdot 1. Version 2 is a folder, microdot/.',
        suggestion: 'mip.install("github:miguelgrinberg/microdot/src/microdot/...")',
        guide: 'requirements',
      });
    } else if (FILES.test(value)) {
      context.note(NAME, text, {
        message:
          'This names a file of Microdot 1. Version 2 is a folder, microdot/, with a file for each extension.',
        suggestion: 'microdot/__init__.py, microdot/microdot.py, and the extensions that are used',
        guide: 'requirements',
      });
    }
  }
}

function isText(value: Expression): value is Constant {
  return value.nodeType === 'Constant' && value.type === 'str';
}
