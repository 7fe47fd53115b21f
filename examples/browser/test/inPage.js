// @ts-nocheck: these run in the page, and only there are document, EventSource and the rest known.

/** What a script of the page gets of another address: `undefined` where it may not read it. */
export async function ask({ url, ...init }) {
  try {
    const response = await fetch(url, init);
    return {
      status: response.status,
      text: await response.text(),
      headers: Object.fromEntries(response.headers),
    };
  } catch {
    return undefined;
  }
}

/** Sends a form as a page can: without a script having to be allowed to. */
export function sendForm({ action, fields }) {
  const form = document.createElement('form');
  form.method = 'post';
  form.action = action;
  for (const [name, value] of Object.entries(fields)) {
    const input = document.createElement('input');
    input.name = name;
    input.value = value;
    form.append(input);
  }
  document.body.append(form);
  form.submit();
}

/** The events of a stream, until there are `count`: as [type, data, lastEventId]. */
export function listen({ url, names, count }) {
  return new Promise((resolve) => {
    const source = new EventSource(url);
    const events = [];
    for (const name of ['message', ...names]) {
      source.addEventListener(name, ({ type, data, lastEventId }) => {
        events.push([type, data, lastEventId]);
        if (events.length < count) return;
        source.close();
        resolve(events);
      });
    }
  });
}

/** Sends messages, each when the last one was answered, and tells all that happened. Without any, the server closes. */
export function talk({ url, protocols, messages }) {
  return new Promise((resolve) => {
    const socket = new WebSocket(url, protocols);
    socket.binaryType = 'arraybuffer';
    const rest = [...messages];
    const answers = [];
    const next = () => {
      const message = rest.shift();
      if (message === undefined) socket.close(3000, 'that is all');
      else socket.send(typeof message === 'string' ? message : new Uint8Array(message));
    };
    socket.onopen = () => messages.length > 0 && next();
    socket.onmessage = ({ data }) => {
      answers.push(typeof data === 'string' ? data : [...new Uint8Array(data)]);
      if (messages.length > 0) next();
    };
    socket.onclose = ({ code, reason, wasClean }) => {
      const { protocol, extensions } = socket;
      resolve({ answers, code, reason, wasClean, protocol, extensions });
    };
  });
}
