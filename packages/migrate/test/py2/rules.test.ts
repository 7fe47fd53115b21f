import { expect, it } from '@jest/globals';
import { migrate } from '@microdot/migrate';

const SOURCE = `from microdot_asyncio import Microdot, HTTPException
from microdot_jinja import render_template
import microdot_ssl
app = Microdot()
ctx = microdot_ssl.create_ssl_context('cert.pem', 'key.pem')
@app.errorhandler(HTTPException)
async def failed(request, error):
    return render_template('error.html', error)
`;

it('what a rule that does not run would have written otherwise stays as a whole', () => {
  const { code, notes } = migrate(SOURCE, { target: 'py2', rules: { disable: ['templates', 'tls'] } });
  expect(code).toBe(
    SOURCE.replace(
      'from microdot_asyncio import Microdot, HTTPException',
      'from microdot import Microdot\nfrom microdot.microdot import HTTPException',
    ),
  );
  expect(notes).toEqual([]);
});

it('with the imports alone nothing else is written', () => {
  const imports = migrate(SOURCE, { target: 'py2', rules: { only: ['imports'] } });
  const others = migrate(SOURCE, { target: 'py2', rules: { disable: ['templates', 'tls'] } });
  expect(imports.code).toBe(others.code);
});

it('a rule that runs later does the rest', () => {
  const { code } = migrate(SOURCE, { target: 'py2', rules: { only: ['imports'] } });
  expect(migrate(code, { target: 'py2' }).code).toBe(migrate(SOURCE, { target: 'py2' }).code);
});
