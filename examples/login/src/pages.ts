import { Response } from '@microdot/core';

export function loginPage(problem = ''): Response {
  return page(
    'Please log in',
    `<p role="alert">${problem}</p>
    <form method="post">
      <p><label>Name <input name="name" autocomplete="username" required autofocus></label></p>
      <p><label>Password <input name="password" type="password" autocomplete="current-password" required></label></p>
      <p><label><input name="remember" type="checkbox"> Remember me</label></p>
      <p><button>Log in</button></p>
    </form>`,
    problem ? 401 : 200,
  );
}

export function homePage(name: string): Response {
  return page(
    `Hello, ${escapeHtml(name)}!`,
    `<p><a href="/password">Change your password</a></p>
    <form method="post" action="/logout"><button>Log out</button></form>`,
  );
}

export function passwordPage(): Response {
  return page(
    'A new password',
    `<form method="post">
      <p><label>New password <input name="password" type="password" autocomplete="new-password" minlength="8" required></label></p>
      <p><button>Change it</button></p>
    </form>`,
  );
}

function page(title: string, content: string, statusCode = 200): Response {
  const html = `<!doctype html>
<html lang="en">
  <title>${title}</title>
  <h1>${title}</h1>
  ${content}
</html>`;
  return new Response(html, statusCode, { 'Content-Type': 'text/html; charset=UTF-8' });
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
