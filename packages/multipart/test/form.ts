/** A part of a form: its header lines, and its data. */
export type Part = readonly [header: string, data: string | Uint8Array];

export const HEADERS = { 'Content-Type': 'multipart/form-data; boundary=B' };

export function field(name: string, value: string): Part {
  return [`Content-Disposition: form-data; name="${name}"`, value];
}

export function file(name: string, filename: string, data: string | Uint8Array, type = 'text/plain'): Part {
  return [
    `Content-Disposition: form-data; name="${name}"; filename="${filename}"\r\nContent-Type: ${type}`,
    data,
  ];
}

/** A body with the boundary `B`. */
export function form(...parts: Part[]): Buffer {
  const chunks = parts.flatMap(([header, data]) => [`--B\r\n${header}\r\n\r\n`, data, '\r\n']);
  return Buffer.concat([...chunks, '--B--\r\n'].map((chunk) => Buffer.from(chunk as string)));
}

/** A body in pieces, as a network brings it. */
export async function* pieces(body: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < body.length; at += size) yield body.subarray(at, at + size);
}
