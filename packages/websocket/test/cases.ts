import { BINARY, CLOSE, CONTINUATION, closeFrame, frame, line, PING, PONG, TEXT } from './peer.ts';

/**
 * A case in the manner of the Autobahn test suite: what a client sends to a server that echoes, and what it gets back.
 * Where the connection is not ended by that, the client closes with 1000 afterwards, and is answered with the same.
 */
export interface Case {
  name: string;
  send: Uint8Array[];
  expect: string[];
  /** Echoes that may come before, or be lost, as the error is found first (Autobahn's "non-strict"). */
  maybe?: string[];
  /** `'/echo'` by default. */
  path?: string;
  extensions?: string;
}

const text = (payload: string | Uint8Array): string => line(0x81, payload);
const binary = (payload: Uint8Array): string => line(0x82, payload);
const pong = (payload: string | Uint8Array): string => line(0x8a, payload);
const bytes = (...values: number[]): Buffer => Buffer.from(values);
const hex = (value: string): Buffer => Buffer.from(value, 'hex');

/** A message in frames of these payloads. */
function fragments(opcode: number, payloads: (string | Uint8Array)[]): Buffer[] {
  return payloads.map((payload, i) =>
    frame(i === 0 ? opcode : CONTINUATION, payload, { fin: i === payloads.length - 1 }),
  );
}

function chop(payload: Buffer, size: number): Buffer[] {
  const pieces: Buffer[] = [];
  for (let at = 0; at < payload.length; at += size) pieces.push(payload.subarray(at, at + size));
  return pieces;
}

// 1: framing
const LENGTHS = [0, 1, 125, 126, 127, 128, 65535, 65536, 131072];
const framing: Case[] = LENGTHS.flatMap((length) => {
  const payload = Buffer.alloc(length, '*');
  return [
    { name: `text of ${length} bytes`, send: [frame(TEXT, payload)], expect: [text(payload)] },
    { name: `binary of ${length} bytes`, send: [frame(BINARY, payload)], expect: [binary(payload)] },
  ];
});
framing.push(
  ...[997, 1].map((size) => ({
    name: `text of 2048 bytes in TCP segments of ${size}`,
    send: chop(frame(TEXT, Buffer.alloc(2048, 'x')), size),
    expect: [text(Buffer.alloc(2048, 'x'))],
  })),
  {
    name: 'a mask of zeros',
    send: [frame(TEXT, 'plain', { mask: bytes(0, 0, 0, 0) })],
    expect: [text('plain')],
  },
  {
    name: 'a mask of ones',
    send: [frame(BINARY, bytes(1, 2, 3, 4, 5), { mask: bytes(255, 255, 255, 255) })],
    expect: [binary(bytes(1, 2, 3, 4, 5))],
  },
  {
    name: 'many messages in one segment',
    send: [Buffer.concat(Array.from({ length: 300 }, (_, i) => frame(TEXT, `${i}`)))],
    expect: Array.from({ length: 300 }, (_, i) => text(`${i}`)),
  },
);

// 2: pings and pongs
const pings: Case[] = [
  { name: 'a ping without a payload', send: [frame(PING)], expect: [pong('')] },
  { name: 'a ping with text', send: [frame(PING, 'Hello')], expect: [pong('Hello')] },
  {
    name: 'a ping with bytes',
    send: [frame(PING, hex('00fffefdfcfb00ff'))],
    expect: [pong(hex('00fffefdfcfb00ff'))],
  },
  { name: 'a ping of 125 bytes', send: [frame(PING, 'x'.repeat(125))], expect: [pong('x'.repeat(125))] },
  { name: 'a ping of 126 bytes', send: [frame(PING, 'x'.repeat(126))], expect: ['close 1002'] },
  { name: 'a pong of 126 bytes', send: [frame(PONG, 'x'.repeat(126))], expect: ['close 1002'] },
  { name: 'a pong that nobody asked for', send: [frame(PONG)], expect: [] },
  { name: 'a pong that nobody asked for, with a payload', send: [frame(PONG, 'unasked')], expect: [] },
  {
    name: 'a pong that nobody asked for before a ping',
    send: [frame(PONG, 'unasked'), frame(PING, 'asked')],
    expect: [pong('asked')],
  },
  {
    name: 'ten pings',
    send: Array.from({ length: 10 }, (_, i) => frame(PING, `${i}`)),
    expect: Array.from({ length: 10 }, (_, i) => pong(`${i}`)),
  },
  {
    name: 'a ping in TCP segments of one byte',
    send: chop(frame(PING, 'x'.repeat(125)), 1),
    expect: [pong('x'.repeat(125))],
  },
];

// 3: reserved bits
const KINDS: [string, number][] = [
  ['a text', TEXT],
  ['a binary', BINARY],
  ['a ping', PING],
  ['a pong', PONG],
  ['a close', CLOSE],
];
const reservedBits: Case[] = [1, 2, 3, 4, 5, 6, 7].flatMap((rsv) => [
  ...KINDS.map(([name, opcode]) => ({
    name: `${name} frame with the reserved bits ${rsv}`,
    send: [frame(opcode, '', { rsv })],
    expect: ['close 1002'],
  })),
  {
    name: `a continuation with the reserved bits ${rsv}`,
    send: [frame(TEXT, 'a', { fin: false }), frame(CONTINUATION, 'b', { rsv })],
    expect: ['close 1002'],
  },
  {
    name: `a message, then one with the reserved bits ${rsv}`,
    send: [frame(TEXT, 'first'), frame(TEXT, 'second', { rsv }), frame(PING)],
    maybe: [text('first')],
    expect: ['close 1002'],
  },
]);

// 4: reserved opcodes
const opcodes: Case[] = [3, 4, 5, 6, 7, 11, 12, 13, 14, 15].flatMap((opcode) => [
  { name: `the reserved opcode ${opcode}`, send: [frame(opcode)], expect: ['close 1002'] },
  {
    name: `the reserved opcode ${opcode} with a payload`,
    send: [frame(opcode, 'x')],
    expect: ['close 1002'],
  },
  {
    name: `the reserved opcode ${opcode} after a message`,
    send: [frame(TEXT, 'first'), frame(opcode, 'x'), frame(PING)],
    maybe: [text('first')],
    expect: ['close 1002'],
  },
]);

// 5: fragmentation
const fragmentation: Case[] = [
  { name: 'a text in two fragments', send: fragments(TEXT, ['frag', 'ment']), expect: [text('fragment')] },
  {
    name: 'a binary in two fragments',
    send: fragments(BINARY, ['ab', 'cd']),
    expect: [binary(Buffer.from('abcd'))],
  },
  { name: 'empty fragments alone', send: fragments(TEXT, ['', '', '']), expect: [text('')] },
  { name: 'empty fragments around', send: fragments(TEXT, ['', 'x', '']), expect: [text('x')] },
  {
    name: 'fragments one byte each',
    send: fragments(TEXT, [...'fragments'.repeat(20)]),
    expect: [text('fragments'.repeat(20))],
  },
  { name: 'a ping in fragments', send: fragments(PING, ['a', 'b']), expect: ['close 1002'] },
  { name: 'a pong in fragments', send: fragments(PONG, ['a', 'b']), expect: ['close 1002'] },
  { name: 'a close in fragments', send: fragments(CLOSE, ['', '']), expect: ['close 1002'] },
  {
    name: 'a ping between fragments',
    send: [frame(TEXT, 'a', { fin: false }), frame(PING, 'p'), frame(CONTINUATION, 'b')],
    expect: [pong('p'), text('ab')],
  },
  {
    name: 'a pong between fragments',
    send: [frame(TEXT, 'a', { fin: false }), frame(PONG, 'p'), frame(CONTINUATION, 'b')],
    expect: [text('ab')],
  },
  {
    name: 'pings between all of five fragments',
    send: fragments(TEXT, [...'abcde']).flatMap((part, i) => (i < 4 ? [part, frame(PING, `${i}`)] : [part])),
    expect: [...[0, 1, 2, 3].map((i) => pong(`${i}`)), text('abcde')],
  },
  {
    name: 'a close between fragments',
    send: [frame(TEXT, 'a', { fin: false }), closeFrame(1000)],
    expect: ['close 1000'],
  },
  { name: 'a continuation of nothing', send: [frame(CONTINUATION, 'x')], expect: ['close 1002'] },
  {
    name: 'a continuation of nothing, unfinished',
    send: [frame(CONTINUATION, 'x', { fin: false })],
    expect: ['close 1002'],
  },
  {
    name: 'a continuation of a message that has ended',
    send: [...fragments(TEXT, ['a', 'b']), frame(CONTINUATION, 'c')],
    maybe: [text('ab')],
    expect: ['close 1002'],
  },
  {
    name: 'a message within another',
    send: [frame(TEXT, 'a', { fin: false }), frame(TEXT, 'b')],
    expect: ['close 1002'],
  },
  {
    name: 'bytes within a text',
    send: [frame(TEXT, 'a', { fin: false }), frame(BINARY, 'b', { fin: false })],
    expect: ['close 1002'],
  },
  {
    name: 'as many fragments as are allowed',
    send: fragments(
      BINARY,
      Array.from({ length: 1024 }, () => 'x'),
    ),
    expect: [binary(Buffer.alloc(1024, 'x'))],
  },
  {
    name: 'one fragment more than is allowed',
    send: fragments(
      BINARY,
      Array.from({ length: 1025 }, () => 'x'),
    ),
    expect: ['close 1008'],
  },
  ...[64, 256, 1024, 4096, 16384].map((size) => ({
    name: `65536 bytes in fragments of ${size}`,
    send: fragments(TEXT, chop(Buffer.alloc(65536, 'f'), size)),
    expect: [text(Buffer.alloc(65536, 'f'))],
  })),
];

// 6: UTF-8
const VALID: [string, string][] = [
  ['Greek', 'κόσμε'],
  ['every length', '$¢€𐍈'],
  ['the first of each length', '\u0001\u0080\u0800\u{10000}'],
  ['the last of each length', '\u007f\u07ff\uffff\u{10ffff}'],
  ['around the surrogates', '\ud7ff\ue000'],
  ['noncharacters', '\ufffe\uffff\u{1fffe}\u{10ffff}'],
  ['the replacement character', '\ufffd'],
  ['a byte order mark', '\ufeffx'],
  ['zero bytes', 'a\0b'],
  ['mixed', 'Hello-µ@ßöäüàá-UTF-8!!'],
];
const INVALID: [string, string][] = [
  ['a lone continuation byte', '80'],
  ['two continuation bytes', '80bf'],
  ['a lone first byte of two', 'c3'],
  ['a first byte of two, then a space', 'c320'],
  ['a lone first byte of three', 'e1'],
  ['three bytes without the last', 'e180'],
  ['four bytes without the last', 'f0908d'],
  ['an overlong slash of two', 'c0af'],
  ['an overlong slash of three', 'e080af'],
  ['an overlong slash of four', 'f08080af'],
  ['the highest overlong of two', 'c1bf'],
  ['the highest overlong of three', 'e09fbf'],
  ['the highest overlong of four', 'f08fbfbf'],
  ['an overlong zero', 'c080'],
  ['beyond U+10FFFF', 'f4908080'],
  ['a first byte of five', 'f888808080'],
  ['a first byte of six', 'fc8480808080'],
  ['0xfe', 'fe'],
  ['0xff', 'ff'],
  ['the first high surrogate', 'eda080'],
  ['the last low surrogate', 'edbfbf'],
  ['a pair of surrogates', 'eda080edb080'],
  ['Greek with a surrogate in it', 'cebae1bdb9cf83cebcceb5eda080656469746564'],
];
const utf8: Case[] = [
  ...VALID.flatMap(([name, value]): Case[] => {
    const payload = Buffer.from(value);
    return [
      { name: `UTF-8: ${name}`, send: [frame(TEXT, payload)], expect: [text(payload)] },
      {
        name: `UTF-8: ${name}, a fragment for every byte`,
        send: fragments(TEXT, chop(payload, 1)),
        expect: [text(payload)],
      },
    ];
  }),
  // Split at every place, within characters too.
  ...Array.from({ length: Buffer.byteLength('κό€𐍈!') - 1 }, (_, i): Case => {
    const payload = Buffer.from('κό€𐍈!');
    return {
      name: `UTF-8 split behind byte ${i + 1}`,
      send: fragments(TEXT, [payload.subarray(0, i + 1), payload.subarray(i + 1)]),
      expect: [text(payload)],
    };
  }),
  ...INVALID.flatMap(([name, value]): Case[] => [
    { name: `not UTF-8: ${name}`, send: [frame(TEXT, hex(value))], expect: ['close 1007'] },
    {
      name: `not UTF-8: ${name}, within text, a fragment for every byte`,
      send: fragments(TEXT, chop(Buffer.concat([Buffer.from('ab'), hex(value), Buffer.from('c')]), 1)),
      expect: ['close 1007'],
    },
    {
      name: `bytes need not be UTF-8: ${name}`,
      send: [frame(BINARY, hex(value))],
      expect: [binary(hex(value))],
    },
  ]),
];

// 7: closing
const GOOD_CODES = [
  1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 3999, 4000, 4999,
];
const BAD_CODES = [0, 1, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65535];
const closing: Case[] = [
  { name: 'a close without a code', send: [frame(CLOSE)], expect: ['close'] },
  { name: 'a close with half a code', send: [frame(CLOSE, bytes(3))], expect: ['close 1002'] },
  ...GOOD_CODES.map((code) => ({
    name: `a close with ${code}`,
    send: [closeFrame(code)],
    expect: [`close ${code}`],
  })),
  ...BAD_CODES.map((code) => ({
    name: `a close with ${code}`,
    send: [closeFrame(code)],
    expect: ['close 1002'],
  })),
  { name: 'a close with a reason', send: [closeFrame(1000, 'bye')], expect: ['close 1000 bye'] },
  {
    name: 'a close with a reason of 123 bytes',
    send: [closeFrame(1000, 'r'.repeat(123))],
    expect: [`close 1000 ${'r'.repeat(123)}`],
  },
  {
    name: 'a close with a reason of 124 bytes',
    send: [closeFrame(1000, 'r'.repeat(124))],
    expect: ['close 1002'],
  },
  ...INVALID.map(([name, value]) => ({
    name: `a close with a reason that is not UTF-8: ${name}`,
    send: [closeFrame(1000, hex(value))],
    expect: ['close 1007'],
  })),
  { name: 'two closes', send: [closeFrame(1000), closeFrame(1001)], expect: ['close 1000'] },
  { name: 'a ping after the close', send: [closeFrame(1000), frame(PING, 'late')], expect: ['close 1000'] },
  {
    name: 'a message after the close',
    send: [closeFrame(1000), frame(TEXT, 'late')],
    expect: ['close 1000'],
  },
  {
    name: 'what is no frame after the close',
    send: [closeFrame(1000), hex('ffffffff')],
    expect: ['close 1000'],
  },
  {
    name: 'the rest of a message after the close',
    send: [frame(TEXT, 'a', { fin: false }), closeFrame(1000), frame(CONTINUATION, 'b')],
    expect: ['close 1000'],
  },
  {
    name: 'a close right behind a message',
    send: [frame(TEXT, 'hello'), closeFrame(1000)],
    expect: [text('hello'), 'close 1000'],
  },
  {
    name: 'a close right behind many messages',
    send: [...Array.from({ length: 300 }, (_, i) => frame(TEXT, `${i}`)), closeFrame(1001, 'bye')],
    expect: [...Array.from({ length: 300 }, (_, i) => text(`${i}`)), 'close 1001 bye'],
  },
  {
    name: 'a close without a code right behind a message',
    send: [frame(BINARY, bytes(1, 2)), frame(CLOSE)],
    expect: [binary(bytes(1, 2)), 'close'],
  },
];

// 8: masks
const masks: Case[] = KINDS.map(([name, opcode]) => ({
  name: `${name} frame without a mask`,
  send: [frame(opcode, '', { mask: false })],
  expect: ['close 1002'],
}));

// 9: limits
const LIMIT = 16 * 1024;
const limits: Case[] = [
  {
    name: 'text of just the limit',
    path: '/small',
    send: [frame(TEXT, 'x'.repeat(LIMIT))],
    expect: [text('x'.repeat(LIMIT))],
  },
  {
    name: 'text of one byte over the limit',
    path: '/small',
    send: [frame(TEXT, 'x'.repeat(LIMIT + 1))],
    expect: ['close 1009'],
  },
  {
    name: 'bytes of one over the limit',
    path: '/small',
    send: [frame(BINARY, Buffer.alloc(LIMIT + 1))],
    expect: ['close 1009'],
  },
  {
    name: 'the head alone of a frame over the limit',
    path: '/small',
    send: [hex('82ff0000000000100000')],
    expect: ['close 1009'],
  },
  { name: 'a frame of 2^53 bytes', send: [hex('82ff0020000000000000')], expect: ['close 1009'] },
  { name: 'a frame of 2^63 bytes', send: [hex('82ff8000000000000000')], expect: ['close 1009'] },
  { name: 'a frame of 2^64 - 1 bytes', send: [hex('82ffffffffffffffffff')], expect: ['close 1009'] },
  {
    name: 'fragments over the limit together',
    path: '/small',
    send: fragments(TEXT, chop(Buffer.alloc(LIMIT + 1, 'x'), 1024)),
    expect: ['close 1009'],
  },
  {
    name: 'text whose characters are under the limit, and its bytes over',
    path: '/small',
    send: [frame(TEXT, '€'.repeat(LIMIT / 2))],
    expect: ['close 1009'],
  },
  {
    name: 'messages of the limit, one after the other',
    path: '/small',
    send: Array.from({ length: 20 }, () => frame(BINARY, Buffer.alloc(LIMIT))),
    expect: Array.from({ length: 20 }, () => binary(Buffer.alloc(LIMIT))),
  },
];

export const CASES: Case[] = [
  ...framing,
  ...pings,
  ...reservedBits,
  ...opcodes,
  ...fragmentation,
  ...utf8,
  ...closing,
  ...masks,
  ...limits,
];
