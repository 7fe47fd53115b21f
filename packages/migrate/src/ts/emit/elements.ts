import { index, type Js, js, LEVEL, member, primary, quoted, wrap } from '../js.ts';

/** An element by a name that is known: `object.name`, or `object['na-me']`. */
export function element(object: Js, name: string): Js {
  return /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name)
    ? member(object, name)
    : index(object, primary(quoted(name)));
}

export function castAny(value: Js): Js {
  return js([wrap(value, LEVEL.compare), ' as any'], LEVEL.compare);
}
