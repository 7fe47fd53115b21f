export function mimeType(_extension: string): string | undefined {
  return undefined;
}
