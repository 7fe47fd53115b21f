import { exportName } from './emit/names.ts';
import { isClassName } from './known/names.ts';

/** A module that is not known here, with the names that are wanted of it, for a person to fill in. */
export function stubModule(name: string, names: ReadonlySet<string>): string {
  const lines = [
    `// TODO(microdot-migrate): \`${name}\` is no module that is known here: write what is used of it, or take it from a package.`,
    '',
  ];
  for (const each of [...names].sort()) {
    if (isClassName(each)) {
      lines.push(
        `export class ${exportName(each)} {`,
        '  static [member: string]: any;',
        '  [member: string]: any;',
        '',
        '  constructor(..._args: any[]) {',
        `    throw new Error('not ported: ${name}.${each}');`,
        '  }',
        '}',
        '',
      );
    } else {
      lines.push(
        `export const ${exportName(each)}: any = () => {`,
        `  throw new Error('not ported: ${name}.${each}');`,
        '};',
        '',
      );
    }
  }
  if (names.size === 0) lines.push('export {};', '');
  return `${lines.join('\n').trimEnd()}\n`;
}
