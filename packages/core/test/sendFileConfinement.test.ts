import { mkdirSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Microdot, sendFile } from '@microdot/core';
import { ask } from './ask.ts';
import { folder, letFilesRest } from './folder.ts';

beforeEach(letFilesRest);
afterEach(() => void jest.restoreAllMocks());

const base = folder({
  'secret.txt': 'secret',
  'public-not/secret.txt': 'secret',
  'public/index.html': 'index',
  'public/sub/page.html': 'page',
  'public/.env': 'SECRET=1',
  'public/.git/config': 'secret',
  'public/sub/.htpasswd': 'secret',
  'public/..secret': 'secret',
  'public/.well-known/security.txt': 'contact',
  'public/sub/.well-known/x': 'hidden',
  'public/a..b.txt': 'dots',
  'public/back\\slash.txt': 'backslash',
  'public/%2e%2e/x.txt': 'literal',
});
const root = join(base, 'public');
symlinkSync('../secret.txt', join(root, 'link-out.txt'));
symlinkSync('..', join(root, 'up'));
symlinkSync('../public-not', join(root, 'sibling'));
symlinkSync(base, join(root, 'sub', 'absolute'));
symlinkSync('../index.html', join(root, 'sub', 'link-in.html'));
symlinkSync('sub', join(root, 'folder-link'));
symlinkSync('link-out.txt', join(root, 'link-to-link.txt'));

const app = new Microdot();
app.get('/static/<path:name>', (_, { name }) => sendFile(name, { root }));
app.get('/named', ({ args }) => sendFile(args.get('name') as string, { root }));
app.get('/typed', ({ args }) => sendFile(args.get('name') as string, { root, fileExtension: '.txt' }));

describe('with a root', () => {
  it.each<[string, string]>([
    ['index.html', 'index'],
    ['sub/page.html', 'page'],
    ['sub//page.html', 'page'],
    ['./sub/./page.html', 'page'],
    ['a..b.txt', 'dots'],
    ['sub/link-in.html', 'index'],
    ['folder-link/page.html', 'page'],
    ['.well-known/security.txt', 'contact'],
    // Where it ends is what counts.
    ['up/public/index.html', 'index'],
  ])('sends %s', async (name, text) => {
    const answer = await ask(app, `/named?name=${encodeURIComponent(name)}`);
    expect([answer.status, answer.text]).toEqual([200, text]);
  });

  it('takes a name that is still percent-encoded by the letter', async () => {
    expect((await ask(app, '/static/%252e%252e/x.txt')).text).toBe('literal');
  });
});

describe('refuses', () => {
  it.each<[string, string]>([
    ['parent directory', '../secret.txt'],
    ['parent directory in the middle', 'sub/../../secret.txt'],
    ['parent directory that comes back', '../public/index.html'],
    ['parent directory within the root', 'sub/../index.html'],
    ['parent directory at the end', 'sub/..'],
    ['many parent directories', `${'../'.repeat(20)}etc/passwd`],
    ['parent directory after a missing one', 'missing/../../secret.txt'],
    ['nested parent directory', '....//secret.txt'],
    ['sibling directory with the same beginning', '../public-not/secret.txt'],
    ['symlink to a sibling directory with the same beginning', 'sibling/secret.txt'],
    ['absolute name', '/etc/passwd'],
    ['absolute name, were the root the root of all', '/index.html'],
    ['absolute name inside', join(root, 'index.html')],
    ['two slashes', '//etc/passwd'],
    ['file URL', 'file:///etc/passwd'],
    ['home directory', '~/secret.txt'],
    ['backslash', '..\\secret.txt'],
    ['backslash inside', 'sub\\page.html'],
    ['backslash in the name of a file', 'back\\slash.txt'],
    ['backslashes of a Windows share', '\\\\host\\share\\x'],
    ['drive letter', 'C:/secret.txt'],
    ['percent-encoded parent directory', '%2e%2e/secret.txt'],
    ['percent-encoded slash', '..%2fsecret.txt'],
    ['percent-encoded backslash', '..%5csecret.txt'],
    ['double-encoded parent directory', '%252e%252e%252fsecret.txt'],
    ['overlong UTF-8', '..%c0%afsecret.txt'],
    ['full-width dots', '\uff0e\uff0e/secret.txt'],
    ['NUL', 'index.html\0'],
    ['NUL before an extension', '../secret.txt\0.html'],
    ['NUL in the middle', 'index\0.html'],
    ['symlink to a file outside', 'link-out.txt'],
    ['symlink to a symlink to a file outside', 'link-to-link.txt'],
    ['symlink to the directory around', 'up/secret.txt'],
    ['absolute symlink in the middle', 'sub/absolute/secret.txt'],
    ['hidden file', '.env'],
    ['hidden directory', '.git/config'],
    ['hidden file below', 'sub/.htpasswd'],
    ['hidden file behind dots', './.env'],
    ['hidden file that begins with two dots', '..secret'],
    ['well-known directory that is not at the top', 'sub/.well-known/x'],
    ['hidden name within the well-known directory', '.well-known/../.env'],
  ])('%s', async (_, name) => {
    const answer = await ask(app, `/named?name=${encodeURIComponent(name)}`);
    expect([answer.status, answer.text]).toEqual([404, 'Not found']);
  });

  it.each([
    '/static/../secret.txt',
    '/static/%2e%2e/secret.txt',
    '/static/..%2fsecret.txt',
    '/static/%2e%2e%2fsecret.txt',
    '/static/..%5csecret.txt',
    '/static/%252e%252e%252fsecret.txt',
    '/static/%2fetc%2fpasswd',
    '/static//etc/passwd',
    '/static/index.html%00',
    '/static/link-out.txt',
    '/static/%2eenv',
  ])('%s', async (url) => {
    const answer = await ask(app, url);
    expect([answer.status, answer.text]).toEqual([404, 'Not found']);
  });

  it('overlong UTF-8 on the request line', async () => {
    expect((await ask(app, '/static/..%c0%afsecret.txt')).status).toBe(400);
  });

  it('a way out that ends in the extension', async () => {
    expect((await ask(app, `/typed?name=${encodeURIComponent('../secret')}`)).status).toBe(404);
    expect((await ask(app, '/typed?name=sub/')).status).toBe(404);
  });

  it('NUL without a root', async () => {
    const rootless = new Microdot();
    rootless.get('/', () => sendFile(`${root}\0index.html`));
    rootless.get('/fill', () => sendFile('index.html', { root }));
    await ask(rootless, '/fill');
    expect((await ask(rootless, '/')).status).toBe(404);
  });
});

describe('what was sent from memory', () => {
  const moving = (): [string, () => Promise<string>] => {
    const path = folder({ 'public/a/x.txt': 'inside', 'outside/x.txt': 'secret' });
    const site = new Microdot();
    site.get('/', () => sendFile('a/x.txt', { root: join(path, 'public') }));
    return [path, async () => (await ask(site, '/')).text];
  };

  it('is refused once it is a symlink to the outside', async () => {
    const [path, get] = moving();
    expect([await get(), await get()]).toEqual(['inside', 'inside']);
    rmSync(join(path, 'public/a/x.txt'));
    symlinkSync(join(path, 'outside/x.txt'), join(path, 'public/a/x.txt'));
    expect(await get()).toBe('Not found');
  });

  it('is refused once its directory is a symlink to the outside', async () => {
    const [path, get] = moving();
    expect([await get(), await get()]).toEqual(['inside', 'inside']);
    renameSync(join(path, 'public/a'), join(path, 'public/b'));
    symlinkSync(join(path, 'outside'), join(path, 'public/a'));
    expect(await get()).toBe('Not found');
  });

  it('is refused for another root, which it is outside of', async () => {
    const path = folder({ 'public/x.txt': 'inside' });
    mkdirSync(join(path, 'private'));
    symlinkSync('../public/x.txt', join(path, 'private/x.txt'));
    const site = new Microdot();
    site.get('/<name>', (_, { name }) => sendFile('x.txt', { root: join(path, name) }));
    expect((await ask(site, '/public')).text).toBe('inside');
    expect((await ask(site, '/private')).status).toBe(404);
    // Without a root the name is the application's own.
    site.get('/<name>/trusted', (_, { name }) => sendFile(join(path, name, 'x.txt')));
    expect((await ask(site, '/private/trusted')).text).toBe('inside');
    expect((await ask(site, '/private')).status).toBe(404);
  });
});
