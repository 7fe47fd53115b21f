// @ts-nocheck: these run in the page, and only there are document, Element and the rest known.

/** How much wider the page is than its window. */
export function excessWidth() {
  const { scrollWidth, clientWidth } = document.documentElement;
  return scrollWidth - clientWidth;
}

export function hasFocus(element) {
  return element === document.activeElement;
}

export function outlineOf(element) {
  return getComputedStyle(element).outlineStyle;
}

export function topOf(element) {
  return element.getBoundingClientRect().top;
}

/**
 * The texts whose contrast with what is behind them is below that of WCAG 2.2, 1.4.3: 4.5, or 3 where they are large.
 */
export function faintTexts() {
  const context = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  /** Four numbers, in whatever way a colour is written. */
  const rgba = (color) => {
    context.clearRect(0, 0, 1, 1);
    context.fillStyle = color;
    context.fillRect(0, 0, 1, 1);
    return [...context.getImageData(0, 0, 1, 1).data];
  };
  const luminance = (color) => {
    const [r, g, b] = rgba(color).map((value) => {
      const part = value / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const groundOf = (element) => {
    for (let ground = element; ground; ground = ground.parentElement) {
      const { backgroundColor } = getComputedStyle(ground);
      if (rgba(backgroundColor)[3] === 255) return backgroundColor;
    }
    return 'white';
  };
  const faint = new Set();
  for (const element of document.querySelectorAll('body *')) {
    const text = [...element.childNodes]
      .map(({ nodeType, data }) => nodeType === 3 && data.trim())
      .find(Boolean);
    if (!text) continue;
    const { color, fontSize, fontWeight } = getComputedStyle(element);
    const [bright, dark] = [luminance(color), luminance(groundOf(element))].sort((a, b) => b - a);
    const contrast = (bright + 0.05) / (dark + 0.05);
    const size = Number.parseFloat(fontSize);
    const isLarge = size >= 24 || (size >= 18.66 && fontWeight >= 700);
    if (contrast < (isLarge ? 3 : 4.5)) {
      faint.add(`${contrast.toFixed(2)} ${element.tagName}.${element.className}: ${text.slice(0, 30)}`);
    }
  }
  return [...faint];
}
