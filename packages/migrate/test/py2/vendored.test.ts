import { expect, it } from '@jest/globals';
import { migrateProject } from '@microdot/migrate';

const CORE =
  'class Request:\n    pass\n\n\nclass Microdot:\n    def dispatch_request(self, req):\n        pass\n';
const ENGINE = `_loader = None

def init_templates(template_dir='templates'):
    import recompile

def render_template(template, *args, **kwargs):
    return _loader.load(template)(*args, **kwargs)
`;

function migrated(files: Record<string, string>) {
  const {
    files: changed,
    vendored,
    notes,
  } = migrateProject({ files: new Map(Object.entries(files)) }, 'py2');
  return { changed: Object.fromEntries(changed), vendored: Object.fromEntries(vendored), notes };
}

it('knows a copy that was edited', () => {
  const { changed, vendored } = migrated({
    'microdot_utemplate.py': ENGINE,
    'main.py':
      'async def index(request):\n    from microdot_utemplate import render_template\n    return render_template("i.html")\n',
  });
  expect(vendored).toEqual({ 'microdot_utemplate.py': 'microdot/utemplate.py' });
  expect(changed['main.py']).toBe(
    'async def index(request):\n    from microdot.utemplate import Template\n    return Template("i.html").generate()\n',
  );
});

it('leaves a package of Microdot 2 alone, with all of its modules', () => {
  const { changed, vendored, notes } = migrated({
    'lib/microdot/__init__.py':
      'from .microdot import Microdot, \\\n    Request  # noqa\n\n__version__ = "2.0"\n',
    'lib/microdot/microdot.py': CORE,
    'lib/microdot/session.py': 'from .microdot import invoke_handler\n\nclass SessionDict(dict):\n    pass\n',
    'lib/microdot/asgi.py':
      'from .microdot import *  # noqa\nfrom .microdot import Microdot as BaseMicrodot\n\nclass Microdot(BaseMicrodot):\n    def run(self):\n        pass\n',
  });
  expect(changed).toEqual({});
  expect([...notes]).toEqual([]);
  expect(vendored).toEqual({
    'lib/microdot/__init__.py': 'microdot/__init__.py',
    'lib/microdot/microdot.py': 'microdot/microdot.py',
    'lib/microdot/session.py': 'microdot/session.py',
    'lib/microdot/asgi.py': 'microdot/asgi.py',
  });
});

it('knows the file that makes a package of a copy', () => {
  const { changed, vendored } = migrated({
    'microdot_asyncio/__init__.py': 'from .microdot_asyncio import *',
    'microdot_asyncio/microdot_asyncio.py':
      'from microdot import Microdot as BaseMicrodot\n\nclass Microdot(BaseMicrodot):\n    async def dispatch_request(self, req):\n        pass\n',
    'main.py': 'from microdot_asyncio import Microdot, send_file\n',
  });
  expect(Object.keys(vendored)).toEqual([
    'microdot_asyncio/microdot_asyncio.py',
    'microdot_asyncio/__init__.py',
  ]);
  expect(changed).toEqual({ 'main.py': 'from microdot import Microdot, send_file\n' });
});

it('does not take what people keep beside a copy for a part of it', () => {
  const { changed, vendored } = migrated({
    'microdot/microdot.py': CORE,
    'microdot/session.py': 'from microdot_asyncio import redirect\n',
    'microdot/hmac.py': 'import hashlib\n',
  });
  expect(vendored).toEqual({ 'microdot/microdot.py': 'microdot/microdot.py' });
  expect(changed).toEqual({ 'microdot/session.py': 'from microdot import redirect\n' });
});
