// The feed and the wall: what the server tells while the page is open. It sends the HTML that the page was made of.
import { localize } from './tour.js';

const status = document.querySelector('[data-live]');

for (const list of document.querySelectorAll('[data-feed]')) {
  // It connects again by itself, with the id of the last event.
  const events = new EventSource(list.dataset.feed);
  events.addEventListener('open', () => say('on', 'Live'));
  events.addEventListener('error', () => {
    if (events.readyState === EventSource.CLOSED) say('off', 'No connection. Reload the page to try again.');
    else say('off', 'The connection is lost: connecting again…');
  });
  events.addEventListener('entry', ({ data }) => {
    list.parentElement.querySelector('.empty')?.remove();
    add(list, data);
  });
}

for (const form of document.querySelectorAll('[data-wall]')) {
  const list = document.getElementById('lines');
  let socket;
  let delay = 500;

  const connect = () => {
    socket = new WebSocket(new URL(form.dataset.wall, location.href.replace(/^http/, 'ws')));
    socket.addEventListener('open', () => {
      delay = 500;
    });
    socket.addEventListener('message', ({ data }) => {
      const { lines, line, here, problem } = JSON.parse(data);
      if (lines !== undefined) {
        list.innerHTML = lines;
        localize(list);
      }
      if (line) add(list, line);
      if (here) say('on', here === 1 ? 'Live: nobody else is here' : `Live: ${here} are here`);
      if (problem) say('off', problem);
    });
    socket.addEventListener('close', () => {
      say('off', 'The connection is lost: connecting again…');
      // Longer each time, and not all at once: a server that starts anew has enough to do.
      setTimeout(connect, delay * (1 + Math.random()));
      delay = Math.min(30_000, delay * 2);
    });
  };
  connect();

  form.addEventListener('submit', (event) => {
    // Without a connection, the form is sent as it is without JavaScript.
    if (socket.readyState !== WebSocket.OPEN) return;
    event.preventDefault();
    socket.send(form.elements.text.value);
    form.reset();
  });
}

function add(list, markup) {
  list.insertAdjacentHTML('afterbegin', markup);
  localize(list.firstElementChild);
  list.firstElementChild.classList.add('new');
  while (list.children.length > list.dataset.length) list.lastElementChild.remove();
}

function say(state, text) {
  status.dataset.live = state;
  status.textContent = text;
}
