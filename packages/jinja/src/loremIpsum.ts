const WORDS =
  'lorem ipsum dolor sit amet consectetur adipiscing elit sed do eiusmod tempor incididunt ut labore et dolore magna aliqua enim ad minim veniam quis nostrud exercitation ullamco laboris nisi aliquip ex ea commodo consequat duis aute irure in reprehenderit voluptate velit esse cillum eu fugiat nulla pariatur excepteur sint occaecat cupidatat non proident sunt culpa qui officia deserunt mollit anim id est laborum'.split(
    ' ',
  );

/** Paragraphs that mean nothing, each of `min` to `max` words, to see what a page will look like. */
export function loremIpsum(count: number, min: number, max: number): string[] {
  return Array.from({ length: count }, () =>
    paragraph(min + Math.floor(Math.random() * Math.max(1, max - min))),
  );
}

function paragraph(size: number): string {
  const sentences: string[] = [];
  for (let left = size; left > 0; ) {
    const words = Math.min(left, 6 + Math.floor(Math.random() * 10));
    const text = Array.from({ length: words }, () => WORDS[Math.floor(Math.random() * WORDS.length)]).join(
      ' ',
    );
    sentences.push(`${text.charAt(0).toUpperCase()}${text.slice(1)}.`);
    left -= words;
  }
  return sentences.join(' ');
}
