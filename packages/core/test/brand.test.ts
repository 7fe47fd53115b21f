import { describe, expect, it, jest } from '@jest/globals';
import { HTTPException, MicrodotError, Response } from '@microdot/core';
import { brand } from '@microdot/core/extension';

class PaymentRequired extends HTTPException {
  constructor() {
    super(402, 'Pay first');
  }
}

class Page extends Response {}

describe('instanceof', () => {
  it('tells the classes that an application derives from what they derive from', () => {
    expect(new HTTPException(404) instanceof PaymentRequired).toBe(false);
    expect(new PaymentRequired() instanceof PaymentRequired).toBe(true);
    expect(new PaymentRequired() instanceof HTTPException).toBe(true);
    expect(new PaymentRequired() instanceof MicrodotError).toBe(true);
    expect(new Response() instanceof Page).toBe(false);
    expect(new Page() instanceof Page && new Page() instanceof Response).toBe(true);
  });

  it('knows what another copy of the package has made, and what is derived from that', async () => {
    await jest.isolateModulesAsync(async () => {
      const copy = await import('@microdot/core');
      expect(copy.HTTPException).not.toBe(HTTPException);
      class Derived extends copy.HTTPException {}
      expect(new copy.HTTPException(404) instanceof HTTPException).toBe(true);
      expect(new Derived(404) instanceof HTTPException).toBe(true);
      expect(new copy.HTTPException(404) instanceof PaymentRequired).toBe(false);
      expect(new HTTPException(404) instanceof Derived).toBe(false);
      expect(new copy.Response() instanceof Response).toBe(true);
    });
  });

  it('is false of what is no object, and of an object that only looks alike', () => {
    for (const value of [undefined, null, 1, 'x', {}, { statusCode: 404 }, new Error()]) {
      expect(value instanceof HTTPException).toBe(false);
      expect(value instanceof Page).toBe(false);
    }
  });

  it('does not change for the class that a branded one extends', () => {
    class Base {}
    class Branded extends Base {}
    brand(Branded, 'test.Branded');
    expect(new Base() instanceof Branded).toBe(false);
    expect(new Branded() instanceof Base).toBe(true);
  });
});
