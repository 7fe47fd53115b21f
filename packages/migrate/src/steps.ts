/** Counts the steps of a migration for somebody who waits. */
export function stepsOf(total: number, onProgress: ((share: number) => void) | undefined): () => void {
  let done = 0;
  return () => onProgress?.(++done / total);
}
