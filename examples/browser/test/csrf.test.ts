import { beforeAll, beforeEach, expect, it } from '@jest/globals';
import { Microdot, type Server } from '@microdot/core';
import { CORS } from '@microdot/cors';
import { CSRF } from '@microdot/csrf';
import { addBlank, crossSite, describeInBrowser, origin } from './browsing.ts';
import { ask, sendForm } from './inPage.js';

describeInBrowser('CSRF', (browsing) => {
  let server: Server;
  let friend: string;
  let stranger: string;
  let sent: (string | undefined)[];

  beforeAll(async () => {
    friend = await browsing.serveBlank();
    stranger = await browsing.serveBlank();
    const app = new Microdot();
    const csrf = new CSRF(app, { cors: new CORS(app, { allowedOrigins: [friend] }) });
    addBlank(app);
    app.post('/transfer', ({ form }) => {
      sent.push(form?.get('to'));
      return 'Sent';
    });
    app.post(
      '/hook',
      csrf.exempt(() => 'Thanks'),
    );
    app.get(
      '/logout',
      csrf.protect(() => 'Bye'),
    );
    server = await browsing.serve(app);
  });

  beforeEach(() => {
    sent = [];
  });

  /** What the user gets to see of a form that a page has sent. */
  async function post(page: string, path = '/transfer'): Promise<string | null> {
    await browsing.page.goto(page);
    const arrived = browsing.page.waitForURL(`${origin(server)}${path}`);
    await browsing.page.evaluate(sendForm, { action: `${origin(server)}${path}`, fields: { to: 'mallory' } });
    await arrived;
    return browsing.page.locator('body').textContent();
  }

  it('takes a form of its own page', async () => {
    expect(await post(origin(server))).toBe('Sent');
    expect(sent).toEqual(['mallory']);
  });

  it('refuses a form that another site sends, from the same machine or not', async () => {
    expect(await post(crossSite(server))).toBe('Forbidden');
    expect(await post(stranger.replace('127.0.0.1', 'localhost'))).toBe('Forbidden');
    expect(sent).toEqual([]);
  });

  it('refuses a form of another origin on the same site', async () => {
    expect(await post(stranger)).toBe('Forbidden');
    expect(sent).toEqual([]);
  });

  it('refuses a form of a page that has no origin', async () => {
    const form = `<form method=post action=${origin(server)}/transfer><input name=to value=mallory></form><script>document.forms[0].submit()</script>`;
    const refused = browsing.page.waitForResponse(`${origin(server)}/transfer`);
    await browsing.page.goto(`data:text/html,${encodeURIComponent(form)}`);
    expect((await refused).status()).toBe(403);
    expect(sent).toEqual([]);
  });

  it('refuses what a script sends without being allowed to read the answer', async () => {
    await browsing.page.goto(crossSite(server));
    const refused = browsing.page.waitForResponse(`${origin(server)}/transfer`);
    await browsing.page.evaluate(ask, {
      url: `${origin(server)}/transfer`,
      method: 'POST',
      mode: 'no-cors',
      headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
      body: 'to=mallory',
    });
    expect((await refused).status()).toBe(403);
    expect(sent).toEqual([]);
  });

  it('takes a form of an origin that CORS allows', async () => {
    expect(await post(friend)).toBe('Sent');
  });

  it('takes a form at a route that is exempt', async () => {
    expect(await post(crossSite(server), '/hook')).toBe('Thanks');
  });

  it('protects a GET from links of other sites, and not from the user', async () => {
    const { page } = browsing;
    await page.goto(`${origin(server)}/logout`);
    expect(await page.locator('body').textContent()).toBe('Bye');
    await page.goto(crossSite(server));
    await page.evaluate(`location.href = '${origin(server)}/logout'`);
    await page.getByText('Forbidden').waitFor();
  });
});
