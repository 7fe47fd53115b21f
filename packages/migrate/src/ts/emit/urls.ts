import type { Expression } from '../../python/tree.ts';
import { call, type Js, member, newOf, primary } from '../js.ts';
import type { Arguments } from './arguments.ts';
import type { Emitter } from './emitter.ts';
import type { Library } from './libraryCall.ts';

const helper =
  (name: string, ...names: string[]): Library =>
  (e: Emitter, args: Arguments): Js =>
    call(e.py(name), args.all(...names));

/** The functions of `urllib.parse`. */
export const URLS: Readonly<Record<string, Library>> = {
  'urllib.parse.quote': helper('quoteUrl', 'string', 'safe'),
  'urllib.parse.quote_plus': helper('quotePlus', 'string'),
  'urllib.parse.unquote': helper('unquote', 'string'),
  'urllib.parse.unquote_plus': helper('unquotePlus', 'string'),
  'urllib.parse.urlencode': (e, args) => {
    const query = args.get(0) as Expression;
    const pairs =
      e.type(query).single?.kind === 'list' ? e.present(query) : call(e.py('entries'), [e.present(query)]);
    return call(e.py('encodeQuery'), [pairs]);
  },
  'urllib.parse.parse_qs': helper('parseQuery', 'qs'),
  'urllib.parse.parse_qsl': (_e, args) =>
    primary(['[...new URLSearchParams(', args.present(0, 'qs').doc, ')]']),
  'urllib.parse.urljoin': (_e, args) =>
    member(newOf(primary('URL'), [args.present(1, 'url'), args.present(0, 'base')]), 'href'),
  'urllib.parse.urlparse': helper('parseUrl', 'url'),
  'urllib.parse.urlsplit': helper('parseUrl', 'url'),
};
