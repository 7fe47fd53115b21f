import { createTwoFilesPatch, FILE_HEADERS_ONLY } from 'diff';

/**
 * A unified patch of one file, as `git apply` and `patch -p1` take it.
 *
 * @param before nothing where the file is new.
 */
export function patchOf(shown: string, before: string | undefined, after: string): string {
  const file = shown.replace(/^\/+/, '');
  return createTwoFilesPatch(
    before === undefined ? '/dev/null' : `a/${file}`,
    `b/${file}`,
    before ?? '',
    after,
    '',
    '',
    {
      context: 3,
      headerOptions: FILE_HEADERS_ONLY,
    },
  );
}
