import { describe, expect, it } from '@jest/globals';
import {
  abort,
  type Handler,
  type HandlerResult,
  Microdot,
  type PathArgs,
  type Request,
  Response,
  URLPattern,
} from '@microdot/core';

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const holds = <T extends true>(_?: T): void => {};

declare module '@microdot/core' {
  interface SegmentTypes {
    uuid: { readonly uuid: string };
  }
}

describe('types', () => {
  it('of URL arguments come from the pattern', () => {
    holds<Equal<PathArgs<'/users/<int:id>/<name>'>, { id: number; name: string }>>();
    holds<Equal<PathArgs<'/<path:rest>'>, { rest: string }>>();
    holds<Equal<PathArgs<'/<re:[a-z]{2}:code>'>, { code: string }>>();
    holds<Equal<PathArgs<'/<re:a:b:code>'>, { code: string }>>();
    holds<Equal<PathArgs<'/<uuid:x>'>, { x: { readonly uuid: string } }>>();
    holds<Equal<PathArgs<string>, Record<string, unknown>>>();
    expect(new URLPattern('/<re:a:b:code>').match('/a:b')).toEqual({ code: 'a:b' });
  });

  it('of handlers follow the route that they are given to', () => {
    const app = new Microdot<{ user: string }>();
    app.get('/<int:id>', (request, { id }) => {
      holds<Equal<typeof id, number>>();
      holds<Equal<typeof request.g.user, string>>();
      // @ts-expect-error: g has no such property
      void request.g.other;
      return { id };
    });
    // @ts-expect-error: there is no such argument
    app.get('/<id>', (_, { name }) => String(name));
    // @ts-expect-error: a response is no number of the kind
    app.get('/', () => Symbol('x'));
    app.route('/<x>', { methods: ['POST'] }, (_, { x }) => x);
  });

  it('of a wrapped handler come from the route as well', () => {
    function twice<Args, G>(
      handler: (request: Parameters<Handler<Args, G>>[0], n: number, args: Args) => HandlerResult,
    ): Handler<Args, G> {
      return (request, args) => handler(request, 2, args);
    }
    const app = new Microdot<{ user: string }>();
    app.get(
      '/<int:id>',
      twice((request, n, { id }) => String(id * n) + request.g.user),
    );
    expect(app.allowedMethods('/3')).toContain('GET');
  });

  it('of what asks nothing of g fit every application', () => {
    const app = new Microdot<{ user: string }>();
    const guard = (request: Request<unknown>): string | undefined => request.headers.get('x');
    app.beforeRequest(guard);
    app.get('/', guard);
    const wants = (request: Request<{ other: number }>): string => String(request.g.other);
    // @ts-expect-error: this application has no such property
    app.get('/', wants);
    expect(app.allowedMethods('/')).toContain('GET');
  });

  it('of errors follow their class', () => {
    class Missing extends Error {
      readonly key = 'k';
    }
    const app = new Microdot();
    app.errorHandler(Missing, (_, error) => new Response(error.key, 404));
    // @ts-expect-error: it has no such property
    app.errorHandler(Missing, (_, error) => error.other);
    app.errorHandler(404, () => 'none');
    const names = new Map<string, string>();
    const find = (): string => names.get('x') ?? abort(404);
    expect(find).toThrow();
  });
});
