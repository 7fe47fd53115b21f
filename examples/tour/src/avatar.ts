import { type Html, html } from './html.ts';

const SIZE = 5;

/** A few dots that are always the same for the same name, left and right alike. */
export function avatar(name: string): Html {
  let bits = hash(name);
  const hue = bits % 360;
  const dots: Html[] = [];
  for (let x = 0; x < Math.ceil(SIZE / 2); x++) {
    for (let y = 0; y < SIZE; y++) {
      bits = hash(`${bits}`);
      const radius = [0.12, 0.2, 0.34, 0.46][bits % 4] as number;
      for (const column of new Set([x, SIZE - 1 - x]))
        dots.push(html`<circle cx="${column}" cy="${y}" r="${radius}"/>`);
    }
  }
  return html`<svg class="avatar" viewBox="-0.5 -0.5 ${SIZE} ${SIZE}" fill="hsl(${hue} 70% 56%)" aria-hidden="true">${dots}</svg>`;
}

/** FNV-1a: quick, and any bit of the name changes all of it. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) value = Math.imul(value ^ byte, 0x01000193);
  return (value ^ (value >>> 15)) >>> 0;
}
