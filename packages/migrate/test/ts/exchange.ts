import http, { type IncomingHttpHeaders } from 'node:http';
import https from 'node:https';
import { setTimeout as sleep } from 'node:timers/promises';
import { Conversation } from './conversation.ts';

/** A step of `requests.json`: a request, or a part of a conversation over a WebSocket. */
export interface Step {
  path?: string;
  method?: string;
  headers?: Record<string, string>;
  form?: Record<string, string> | [string, string][];
  json?: unknown;
  body?: string;
  bodyRepeat?: [string, number];
  cookies?: boolean;
  capture?: Record<string, string>;
  pause?: number;
  ws?: string;
  as?: string;
  on?: string;
  keep?: boolean;
  dialogue?: Record<string, unknown>[];
  tests?: string[];
  exit?: number;
}

export interface Answer {
  status: number;
  headers?: [string, string][];
  body?: string;
  bodyBase64?: string;
  received?: Record<string, unknown>[];
}

/** Asks a server what the steps say, one after the other, as one browser would. */
export class Exchange {
  readonly #base: URL;
  readonly #jar: Map<string, string> = new Map();
  readonly #captured: Map<string, string> = new Map();
  readonly #conversations: Map<string, Conversation> = new Map();

  constructor(url: string) {
    this.#base = new URL(url);
  }

  async step(step: Step): Promise<Answer> {
    const answer =
      step.ws !== undefined || step.on !== undefined ? await this.#talk(step) : await this.#ask(step);
    if (step.pause) await sleep(step.pause * 1000);
    return answer;
  }

  async #talk(step: Step): Promise<Answer> {
    const name = step.as ?? step.on ?? '';
    let conversation = this.#conversations.get(name);
    if (step.ws !== undefined) {
      const url = new URL(this.#fill(step.ws), this.#base);
      conversation = await Conversation.open(url, { ...this.#cookies(step), ...step.headers });
      this.#conversations.set(name, conversation);
    }
    if (!conversation) throw new Error(`no conversation ${name}`);
    if (conversation.refusal) return conversation.refusal;
    const received = await conversation.go(step.dialogue ?? []);
    if (!step.keep) await conversation.close();
    return { status: 101, received };
  }

  #ask(step: Step): Promise<Answer> {
    const { body, type } = bodyOf(step);
    const headers: Record<string, string> = { ...this.#cookies(step), ...(type && { 'Content-Type': type }) };
    for (const [name, value] of Object.entries(step.headers ?? {})) headers[name] = this.#fill(value);
    // One that lies stays as it is.
    if (body && headers['Content-Length'] === undefined) headers['Content-Length'] = String(body.length);
    const options = {
      host: this.#base.hostname,
      port: this.#base.port,
      path: this.#fill(step.path ?? '/'),
      method: step.method ?? (body ? 'POST' : 'GET'),
      headers,
      agent: false,
      rejectUnauthorized: false,
    };
    return new Promise((resolve, reject) => {
      const request = (this.#base.protocol === 'https:' ? https : http).request(options, async (response) => {
        const chunks: Buffer[] = [];
        for await (const chunk of response) chunks.push(chunk as Buffer);
        const text = Buffer.concat(chunks).toString();
        this.#keep(step, response.headers);
        for (const [name, pattern] of Object.entries(step.capture ?? {})) {
          this.#captured.set(name, new RegExp(pattern).exec(text)?.[1] ?? '');
        }
        resolve({ status: response.statusCode ?? 0, headers: pairs(response.rawHeaders), body: text });
      });
      request.on('error', reject);
      request.end(body);
    });
  }

  #cookies(step: Step): Record<string, string> {
    if (step.cookies === false || this.#jar.size === 0) return {};
    return { Cookie: Array.from(this.#jar, ([name, value]) => `${name}=${value}`).join('; ') };
  }

  #keep(step: Step, headers: IncomingHttpHeaders): void {
    if (step.cookies === false) return;
    for (const cookie of headers['set-cookie'] ?? []) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      if (/max-age=0\b|1970/i.test(cookie)) this.#jar.delete(name);
      else this.#jar.set(name, value);
    }
  }

  #fill(text: string): string {
    return text.replace(/\{\{(\w+)\}\}/g, (all, name: string) => this.#captured.get(name) ?? all);
  }
}

function bodyOf(step: Step): { body?: Buffer; type?: string } {
  if (step.form) {
    const fields = Array.isArray(step.form) ? step.form : Object.entries(step.form);
    return {
      body: Buffer.from(new URLSearchParams(fields).toString()),
      type: 'application/x-www-form-urlencoded',
    };
  }
  if (step.json !== undefined)
    return { body: Buffer.from(JSON.stringify(step.json)), type: 'application/json' };
  if (step.bodyRepeat) return { body: Buffer.from(step.bodyRepeat[0].repeat(step.bodyRepeat[1])) };
  return step.body === undefined ? {} : { body: Buffer.from(step.body) };
}

function pairs(raw: readonly string[]): [string, string][] {
  return raw.flatMap((name, i): [string, string][] => (i % 2 === 0 ? [[name, raw[i + 1] ?? '']] : []));
}
