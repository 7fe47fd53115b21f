import { MODULES } from '../../tables/modules.ts';

/** What becomes of a requirement. */
export interface Requirement {
  /** The new one; `null` where another one says it already. */
  text: string | null;
  /** What a person has to look at. */
  note?: string;
}

const PACKAGES: ReadonlySet<string> = new Set([...MODULES.keys()].map(normalised));
const OTHER_PACKAGES: ReadonlySet<string> = new Set([...PACKAGES].filter((name) => name !== 'microdot'));

/**
 * What becomes of a requirement such as `microdot<2` or `microdot-asyncio==0.2.0; python_version > '3'`.
 *
 * @param hasOther - whether Microdot is required beside it
 * @returns `null` for what stays as it is
 */
export function newRequirement(text: string, hasOther: boolean): Requirement | null {
  const parts = /^([A-Za-z][\w.-]*)(\s*\[[^\]]*\])?(\s*)(.*)$/s.exec(text);
  const direct = /^(?:-e\s+)?git\+/.test(text) ? text : undefined;
  if (direct !== undefined) return ofAddress(direct, hasOther);
  if (parts === null) return null;
  const [, name = '', , space = '', rest = ''] = parts;
  const key = normalised(name);
  if (!PACKAGES.has(key)) return null;
  const [specifier = '', marker = ''] = splitMarker(rest);
  if (specifier.startsWith('@')) return ofAddress(specifier, hasOther, marker);
  if (OTHER_PACKAGES.has(key)) return { text: hasOther ? null : `microdot>=2.0${marker}` };
  if (isTwo(specifier)) return null;
  const inner = /^(?:~=|===?|!=|<=?|>=?)(\s*)/.exec(specifier)?.[1] ?? '';
  return { text: `${name}${specifier === '' ? '' : space}>=${inner}2.0${marker}` };
}

/** The name of a package as an index compares it. */
export function normalised(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, '-');
}

/** Whether a requirement asks for Microdot itself. */
export function requiresMicrodot(text: string): boolean {
  return normalised(/^[\w.-]*/.exec(text)?.[0] ?? '') === 'microdot';
}

/** Whether a specifier asks for a version of 2.x, or of a later one. */
export function isTwo(specifier: string): boolean {
  return /(?:>=?|==|~=|\^|===)\s*v?(?:[2-9]|\d{2,})(?:\.|\b)/.test(specifier);
}

function splitMarker(rest: string): [string, string] {
  const at = rest.indexOf(';');
  if (at < 0) return [rest.trimEnd(), ''];
  const specifier = rest.slice(0, at).trimEnd();
  return [specifier, rest.slice(specifier.length)];
}

// A copy of the repository: of a version of 1.x it is replaced, anything else is for a person to look at.
function ofAddress(address: string, hasOther: boolean, marker = ''): Requirement | null {
  if (!/\bmicrodot\b/i.test(address)) return null;
  const isOriginal =
    /github\.com[/:]miguelgrinberg\/microdot(?:\.git)?(?:@v?[01](?:\.[\w.]+)?)?(?:#|\s|$)/i.test(address);
  const note = 'Microdot is required from a repository. Version 2 is a package on PyPI.';
  if (!isOriginal) return { text: address, note };
  return { text: hasOther ? null : `microdot>=2.0${marker}`, note };
}
