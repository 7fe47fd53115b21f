import { PassThrough } from 'node:stream';
import { expect, it } from '@jest/globals';
import { Questions } from '../../src/cli/questions.ts';

function terminal(): { input: PassThrough; output: PassThrough; questions: Questions } {
  const [input, output] = [new PassThrough(), new PassThrough()];
  return { input, output, questions: new Questions(input, output) };
}

it('asks one after the other', async () => {
  const { input, output, questions } = terminal();
  const first = questions.ask('Which? ');
  input.write('1\n');
  expect(await first).toBe('1');
  const second = questions.ask('Where? ');
  input.write('\n');
  expect(await second).toBe('');
  expect(String(output.read())).toBe('Which? Where? ');
  questions.close();
});

it('takes what was pasted at once for the answers', async () => {
  const { input, questions } = terminal();
  input.end('1\n.\nshow\n');
  const answers = [await questions.ask('a'), await questions.ask('b'), await questions.ask('c')];
  expect(answers).toEqual(['1', '.', 'show']);
  await expect(questions.ask('d')).rejects.toMatchObject({ code: 'ABORT_ERR' });
});

it('ends when somebody leaves', async () => {
  const { input, questions } = terminal();
  const answer = questions.ask('Which? ');
  input.end();
  await expect(answer).rejects.toMatchObject({ code: 'ABORT_ERR' });
  questions.close();
});
