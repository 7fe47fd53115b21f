import { expect, it } from '@jest/globals';
import { migrateProject } from '../../src/index.ts';

const SOURCE = `from microdot import Microdot
from microdot_session import get_session

app = Microdot()


class Cart:
    def __init__(self, request):
        self.session = get_session(request)

    @property
    def items(self):
        return get_session(None).get('items')

    def add(self, thing):
        return len(thing)


@app.get('/')
def index(request):
    return str(Cart(request).add('x'))
`;

it('leaves out a constructor and an accessor that would have to wait, and nothing else', () => {
  const { files, failures, notes } = migrateProject({ files: new Map([['app.py', SOURCE]]) }, 'ts');
  expect([...failures]).toEqual([]);
  const text = files.get('src/app.ts');
  expect(text).toContain(`constructor(..._args: any[]) {
    throw new Error('not ported: def __init__(self, request):');`);
  expect(text).toMatch(/add\(thing: string\)/);
  expect(notes.get('app.py')?.map(({ rule, line }) => [rule, line])).toEqual([
    ['not-ported', 8],
    ['not-ported', 12],
  ]);
});
