import { type OldModule, oldModule } from './names.ts';

/** A package of 1.x, with what is written around its name. */
export interface NamedPackage {
  readonly before: string;
  readonly module: OldModule;
}

/**
 * The package that an override is for: `microdot`, `microdot@1`, `left-pad/microdot`, `left-pad>microdot@<2`. The versions that it
 * is for are those of 1.x, and go.
 */
export function overridden(key: string): NamedPackage | undefined {
  const [, before = '', name = ''] = /^(|.*[/>])([\w-]+)(?:@[^/>]*)?$/.exec(key) ?? [];
  // `@somebody/microdot` is another package.
  if (/(?:^|[/>])@[^/>]*\/$/.test(before)) return undefined;
  return named(before, name);
}

function named(before: string, name: string): NamedPackage | undefined {
  const module = oldModule(name);
  return module && { before, module };
}
