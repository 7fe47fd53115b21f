import { USER_LIMITS } from './users.ts';

/** A name as it is kept: without what cannot be seen. */
export function cleanName(text: string | undefined): string {
  return (text ?? '').normalize('NFC').replace(/\s+/g, ' ').trim();
}

export function problemOfName(name: string): string | undefined {
  if (name === '') return 'What may we call you?';
  if (name.length > USER_LIMITS.name) return `Up to ${USER_LIMITS.name} characters.`;
  // A name that looks like another one is worth having: no characters that are not seen, or that turn the text around.
  if (!/^[\p{L}\p{N}][\p{L}\p{M}\p{N} ._'-]*$/u.test(name)) {
    return 'Letters, digits, spaces, and any of . _ - within.';
  }
  return undefined;
}

export function problemOfPassword(password: string): string | undefined {
  const [min, max] = USER_LIMITS.password;
  if (password.length < min) return `${min} characters or more.`;
  if (password.length > max) return `Up to ${max} characters.`;
  return undefined;
}
