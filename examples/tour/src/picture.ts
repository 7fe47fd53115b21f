import { type Html, html } from './html.ts';

/**
 * A ball, lit from above, as newspapers print one: in dots of many sizes. Row by row.
 *
 * @param rows how fine it is.
 */
export function* ball(rows: number): Generator<Html, void, undefined> {
  for (let row = 0; row < rows; row++) {
    // Every other row is shifted by half a dot, or the eye sees lines.
    const shift = (row % 2) / 2;
    const dots: Html[] = [];
    for (let column = 0; column + shift < rows; column++) {
      const x = column + shift + 0.25;
      const y = row + 0.5;
      const radius = Math.sqrt(light(x / rows, y / rows)) * 0.54;
      if (radius > 0.04) dots.push(html`<circle cx="${x}" cy="${y}" r="${radius.toFixed(2)}"/>`);
    }
    yield html`<g>${dots}</g>\n`;
  }
}

const SHADES = ' .:-=+*#%@';

/** The same for a terminal, where characters are twice as high as they are wide. */
export function* ballOfText(rows: number): Generator<string, void, undefined> {
  for (let row = 0; row < rows; row++) {
    let line = '';
    for (let column = 0; column < rows * 2; column++) {
      const brightness = light((column + 0.5) / (rows * 2), (row + 0.5) / rows);
      line += SHADES[Math.min(SHADES.length - 1, Math.ceil(brightness * (SHADES.length - 1)))];
    }
    yield `${line.trimEnd()}\n`;
  }
}

/** From above, from the left, and from behind you. */
const LAMP = { x: -0.48, y: -0.62, z: 0.62 };

/** How bright the ball is, from 0 to 1, at a point of the square around it. */
function light(left: number, top: number): number {
  const x = left * 2 - 1;
  const y = top * 2 - 1;
  const square = x * x + y * y;
  if (square > 0.97) return 0;
  const facing = x * LAMP.x + y * LAMP.y + Math.sqrt(1 - square) * LAMP.z;
  return 0.035 + 0.9 * Math.max(0, facing) ** 1.25;
}
