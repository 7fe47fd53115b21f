// Every page works without this. It adds what needs a script: the reader's own clock, a counter, buttons.

const LONG = new Intl.DateTimeFormat(undefined, { dateStyle: 'long', timeStyle: 'short' });
const SHORT = new Intl.DateTimeFormat(undefined, { timeStyle: 'short' });

/** Puts the times within an element by the reader's own clock. */
export function localize(element) {
  for (const time of element.querySelectorAll('time[datetime]')) {
    const format = 'short' in time.dataset ? SHORT : LONG;
    time.textContent = format.format(new Date(time.dateTime));
  }
}

localize(document);

for (const hint of document.querySelectorAll('[data-counts]')) {
  const field = document.getElementById(hint.dataset.counts);
  const text = hint.textContent;
  field.addEventListener('input', () => {
    const left = field.maxLength - field.value.length;
    hint.textContent = field.value === '' ? text : `${left} character${left === 1 ? '' : 's'} left`;
  });
}

for (const figure of document.querySelectorAll('.code')) {
  const copy = button('copy', 'Copy', async () => {
    await navigator.clipboard.writeText(figure.querySelector('code').textContent);
    copy.textContent = 'Copied';
    setTimeout(() => {
      copy.textContent = 'Copy';
    }, 1500);
  });
  // Only over HTTPS and on localhost may a page write to the clipboard.
  if (navigator.clipboard) figure.querySelector('figcaption').append(copy);
}

for (const link of document.querySelectorAll('[data-try]')) {
  const opener = button('show', 'Show', async () => {
    opener.disabled = true;
    link.parentElement.querySelector('figure')?.remove();
    const figure = document.createElement('figure');
    figure.className = 'code';
    figure.innerHTML = '<figcaption role="status">…</figcaption><pre tabindex="0"></pre>';
    link.parentElement.append(figure);
    await show(link.href, ...figure.children);
    opener.disabled = false;
  });
  opener.setAttribute('aria-label', `Show the answer to ${link.textContent}`);
  link.after(opener);
}

/** What the server answers: status, headers, and as much of the body as one wants to look at, as it comes. */
async function show(url, caption, output) {
  const started = performance.now();
  try {
    const response = await fetch(url);
    caption.textContent = `${response.status} ${response.statusText} · ${Math.round(performance.now() - started)} ms`;
    const headers = [...response.headers].map(([name, value]) => `${name}: ${value}`);
    output.textContent = `${headers.join('\n')}\n\n`;
    let length = 0;
    for (const reader = response.body.pipeThrough(new TextDecoderStream()).getReader(); ; ) {
      const { value, done } = await reader.read();
      if (done) break;
      output.append(value.slice(0, Math.max(0, 2000 - length)));
      length += value.length;
      if (length <= 2000) continue;
      output.append('\n…');
      await reader.cancel();
      break;
    }
  } catch (error) {
    caption.textContent = `No answer: ${error.message}`;
  }
}

function button(className, text, onClick) {
  const element = document.createElement('button');
  element.type = 'button';
  element.className = className;
  element.textContent = text;
  element.addEventListener('click', onClick);
  return element;
}
