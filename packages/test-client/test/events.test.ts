import { describe, expect, it } from '@jest/globals';
import { EventStreamParser, type ServerSentEvent } from '../src/events.ts';

function parse(...pieces: string[]): ServerSentEvent[] {
  const parser = new EventStreamParser();
  return pieces.flatMap((piece) => parser.push(piece));
}

describe('an event stream', () => {
  it('has events with what they say of themselves', () => {
    expect(parse('event: test\nid: id42\nretry: 2500\ndata: {"a": 1}\n\n')).toStrictEqual([
      { data: '{"a": 1}', dataJson: { a: 1 }, event: 'test', eventId: 'id42', retry: 2.5 },
    ]);
    expect(parse('data: bar\n\n')).toStrictEqual([
      { data: 'bar', dataJson: undefined, event: undefined, eventId: undefined, retry: undefined },
    ]);
  });

  it('ends lines in LF, CR and CRLF, and joins those of data', () => {
    expect(parse('data: a\ndata: b\rdata: c\r\n\r\n').map(({ data }) => data)).toEqual(['a\nb\nc']);
  });

  it('drops one space after the colon, and nothing else', () => {
    expect(parse('data:  a \n\ndata:b\n\ndata\n\n').map(({ data }) => data)).toEqual([' a ', 'b', '']);
  });

  it('is made of comments and of unknown fields without meaning', () => {
    expect(parse(': ping\n\n:\nfoo: bar\nDATA: no\ndata: yes\n\n')).toMatchObject([{ data: 'yes' }]);
  });

  it('has no event without data, nor one that is not ended', () => {
    expect(parse('event: a\nid: 1\n\nretry: 10\n\ndata: last\n')).toEqual([]);
  });

  it('takes no id with a NUL, and no retry that is not a number', () => {
    expect(parse('id: a\0\nretry: 1s\ndata: x\n\nid\ndata: y\n\n')).toEqual([
      { data: 'x' },
      { data: 'y', eventId: '' },
    ]);
  });

  it('may come in any pieces', () => {
    const text = 'data: a\r\ndata: b\r\n\r\n: c\r\rdata: d\n\n';
    const whole = parse(text);
    expect(whole.map(({ data }) => data)).toEqual(['a\nb', 'd']);
    expect(parse(...text)).toEqual(whole);
    for (let at = 0; at <= text.length; at++) expect(parse(text.slice(0, at), text.slice(at))).toEqual(whole);
  });
});
