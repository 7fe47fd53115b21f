import { type OwnDecorator, ownDecorator } from '../flow/decorators.ts';
import { factsOf } from '../flow/facts.ts';
import { CLIENT_METHODS, type Flow } from '../flow/flow.ts';
import { enclosingFunction, isFunction } from '../flow/functions.ts';
import { microdotOf } from '../flow/microdot.ts';
import { appliedTo, injectedBy, registrationOf } from '../flow/registrations.ts';
import { parametersOf } from '../python/collect.ts';
import { walk } from '../python/fields.ts';
import type { PythonModule } from '../python/parse.ts';
import type {
  Call,
  ClassDef,
  Comprehension,
  ElementComprehension,
  Expression,
  For,
  FunctionDef,
  Node,
} from '../python/tree.ts';
import { libraryName } from '../tables/symbols.ts';
import { isGenerator, isSleep, outsideName, touchesLoop, yieldsOf } from './functions.ts';
import { askedBy, type Poll, pollAround, pollOf } from './polls.ts';
import { isTestMethod, runsWithoutLoop } from './testCases.ts';
import { isWait, isWaiting } from './waits.ts';

/** Why a call is a coroutine in 2.x. */
export type Reason = 'websocket' | 'stream' | 'client' | 'call' | 'decorated';

/** What has to become asynchronous. */
export class Asyncness {
  /** Functions that become `async def`. */
  readonly functions: Set<FunctionDef> = new Set();
  /** Calls to wait for: with `await`, or with `asyncio.run()` where nothing else is asynchronous. */
  readonly calls: Map<Call, { module: PythonModule; how: 'await' | 'run'; reason: Reason }> = new Map();
  /** Loops that become `async for`. */
  readonly loops: Map<For | Comprehension, PythonModule> = new Map();
  /** Generator expressions that become lists. */
  readonly lists: Map<ElementComprehension, { module: PythonModule }> = new Map();
  /** Generators that sleep on the loop. */
  readonly sleepers: Set<FunctionDef> = new Set();
  /** Loops over what a function gives that has become asynchronous, and is not called by its name. */
  readonly polls: Map<Poll['loop'], { module: PythonModule; poll: Poll; inThread?: boolean }> = new Map();
  /** What cannot wait, and should. */
  readonly stuck: Map<Node, { module: PythonModule; why: string }> = new Map();

  readonly #flow: Flow;
  readonly #pending = new Map<Call, { module: PythonModule; owner: FunctionDef }>();
  #changed = true;

  constructor(flow: Flow) {
    this.#flow = flow;
    while (this.#changed) {
      this.#changed = false;
      for (const module of flow.program.modules.values()) this.#round(module);
      if (!this.#changed) this.#settlePending();
    }
  }

  /** Whether what a function is called through is a coroutine function in 2.x. */
  isCoroutine(node: FunctionDef): boolean {
    return this.#layers(node, node.decorator_list.length) !== null;
  }

  /** Whether a function is or becomes an asynchronous one. */
  isAsync(node: FunctionDef): boolean {
    return node.nodeType === 'AsyncFunctionDef' || this.functions.has(node);
  }

  #round(module: PythonModule): void {
    const facts = factsOf(module);
    for (const node of facts.functions) {
      if (node.nodeType === 'FunctionDef') this.#startWith(module, node);
      if (node.decorator_list.length > 0) this.#decorators(module, node);
    }
    for (const call of facts.calls) {
      this.#startWithApplied(module, call);
      if (this.calls.has(call) || this.#pending.has(call) || this.stuck.has(call)) continue;
      const reason = this.#reason(module, call);
      if (reason !== null) this.#wait(module, call, reason);
      if (reason === 'call') this.#alike(module, call);
      else if (reason === null && this.#isAsyncGenerator(module, call)) this.#readOtherwise(module, call);
    }
    for (const loop of facts.loops) {
      if (!this.loops.has(loop) && this.#isAsyncGenerator(module, loop.iter)) this.#waitInLoop(module, loop);
      else if (loop.iter.nodeType === 'Call') this.#waitInPoll(module, loop, loop.iter);
    }
  }

  // Whatever function of several a call reaches, it waits for.
  #alike(module: PythonModule, call: Call): void {
    for (const { node } of this.#flow.callees(module, call)) {
      if (this.isAsync(node) || this.stuck.has(node)) continue;
      if (!isGenerator(node) && this.#makeAsync(module, node)) continue;
      this.stuck.set(node, {
        module: this.#flow.program.moduleOf(node) ?? module,
        why: 'beside others that a call may reach',
      });
    }
  }

  // `list(lines())`, `next(lines())`: an asynchronous generator is for `async for`, or for Microdot.
  #readOtherwise(module: PythonModule, call: Call): void {
    const { parent } = call;
    const isIterated =
      (parent?.nodeType === 'For' ||
        parent?.nodeType === 'AsyncFor' ||
        parent?.nodeType === 'Comprehension') &&
      parent.iter === call;
    if (isIterated || isReturned(call)) return;
    const outer = parent?.nodeType === 'Starred' ? parent.parent : parent;
    if (outer?.nodeType === 'Call') this.#stop(module, call, `in ${module.text(outer.func)}()`);
    else if (parent?.nodeType === 'Starred') this.#stop(module, call, 'behind a star');
    else if (parent?.nodeType === 'YieldFrom') this.#stop(module, call, 'in `yield from`');
    else return;
    this.#changed = true;
  }

  // Functions that become asynchronous whatever they call.
  #startWith(module: PythonModule, node: FunctionDef): void {
    if (this.functions.has(node)) return;
    if (this.#needsLoop(module, node.decorator_list, module, node)) this.#makeAsync(module, node);
    if (this.#sleepsInResponse(module, node)) {
      this.sleepers.add(node);
      this.#makeAsync(module, node);
    }
  }

  // `app.route('/')(handler)`, `app.route('/ws')(with_websocket(handler))`.
  #startWithApplied(module: PythonModule, call: Call): void {
    const flow = this.#flow;
    const { decorators, inner } = appliedTo(flow, module, call);
    if (decorators.length === 0) return;
    for (const { node } of flow.callees(module, { ...call, func: inner, args: [], keywords: [] })) {
      if (this.isAsync(node) || node.name === '__init__') continue;
      if (this.#needsLoop(module, decorators, flow.program.moduleOf(node) ?? module, node))
        this.#makeAsync(module, node);
    }
  }

  // What is handed a WebSocket, and what used the loop of microdot_asyncio that it ran on.
  #needsLoop(
    module: PythonModule,
    decorators: readonly Expression[],
    home: PythonModule,
    node: FunctionDef,
  ): boolean {
    const flow = this.#flow;
    if (decorators.some((decorator) => injectedBy(flow, module, decorator) === 'websocket')) return true;
    const isAsyncHandler = decorators.some((decorator) => {
      const registration = registrationOf(flow, module, decorator);
      return registration !== null && flow.is(module, registration.owner, 'asyncapp');
    });
    return isAsyncHandler && touchesLoop(flow, home, node);
  }

  // A synchronous generator is iterated on the loop, where `time.sleep` and `queue.get` stall everybody.
  #sleepsInResponse(module: PythonModule, node: FunctionDef): boolean {
    if (!isGenerator(node) || !canYieldAsynchronously(node)) return false;
    const flow = this.#flow;
    const { calls, loops } = factsOf(module);
    const sleeps = calls.some(
      (call) =>
        enclosingFunction(call) === node && (isSleep(flow, module, call) || isWait(flow, module, call)),
    );
    const polls = loops.some((loop) => {
      const poll = enclosingFunction(loop) === node ? pollOf(module, loop) : null;
      return poll !== null && isWaiting(flow, module, poll.asked);
    });
    if (!sleeps && !polls) return false;
    const isHandler = node.decorator_list.some(
      (each) => registrationOf(flow, module, each)?.type === 'route',
    );
    const uses = [...flow.program.modules.values()].flatMap((each) =>
      factsOf(each).calls.filter((call) => flow.callees(each, call).some((callee) => callee.node === node)),
    );
    return (isHandler || uses.length > 0) && uses.every(isReturned);
  }

  #reason(module: PythonModule, call: Call): Reason | null {
    if (call.parent?.nodeType === 'Await') return null;
    const reason = this.#reasonOf(module, call);
    return reason !== null && this.#isHandedOver(module, call) ? null : reason;
  }

  #reasonOf(module: PythonModule, call: Call): Reason | null {
    const { func } = call;
    const flow = this.#flow;
    if (func.nodeType === 'Attribute') {
      const kinds = flow.kinds(module, func.value);
      if (kinds.has('websocket') && WEBSOCKET_METHODS.has(func.attr)) return 'websocket';
      if (kinds.has('client') && CLIENT_METHODS.has(func.attr)) return 'client';
      const isWritten = enclosingFunction(call)?.nodeType === 'AsyncFunctionDef';
      if (kinds.has('stream') && !isWritten && STREAM_METHODS.has(func.attr)) return 'stream';
    }
    if (func.nodeType === 'Call' && func.func.nodeType === 'Name' && func.func.id === 'getattr') {
      const [object] = func.args;
      if (object !== undefined && flow.is(module, object, 'client')) return 'client';
    }
    const found = microdotOf(flow.program, module, func);
    if (found?.path[0] === 'websocket_upgrade' && SYNC_WEBSOCKETS.has(found.module)) return 'websocket';
    const callees = flow.callees(module, call);
    if (callees.some(({ node }) => this.functions.has(node) && !isGenerator(node))) return 'call';
    return callees.some(({ node }) => !isGenerator(node) && this.#isWrapped(node)) ? 'decorated' : null;
  }

  // Wrapped by something that is a coroutine function in 2.x and was none in 1.x.
  #isWrapped(node: FunctionDef): boolean {
    return node.decorator_list.length > 0 && this.#layers(node, node.decorator_list.length) === 'decorated';
  }

  /** What makes a function, with so many of its decorators (from the innermost), a coroutine function. */
  #layers(node: FunctionDef, count: number): 'own' | 'decorated' | null {
    const module = this.#flow.program.moduleOf(node);
    const decorators = [...node.decorator_list].reverse().slice(0, count);
    for (const decorator of decorators) {
      if (module === null) break;
      if (injectedBy(this.#flow, module, decorator) !== null) return 'decorated';
      if (this.#own(module, decorator)?.wrappers.some((wrapper) => this.functions.has(wrapper)))
        return 'decorated';
    }
    return this.isAsync(node) ? 'own' : null;
  }

  // A wrapper that calls what has become a coroutine function has to wait for it; then all that it wraps has to be one.
  #decorators(module: PythonModule, node: FunctionDef): void {
    const decorators = [...node.decorator_list].reverse();
    decorators.forEach((decorator, index) => {
      const own = this.#own(module, decorator);
      if (own === null || own.calls.length === 0) return;
      if (this.#layers(node, index) !== null) {
        for (const call of own.calls) {
          if (call.parent?.nodeType === 'Await' || this.calls.has(call)) continue;
          // A wrapper that was written for coroutine functions waits for them already, however it does.
          const isWritten = enclosingFunction(call)?.nodeType === 'AsyncFunctionDef';
          if (!(isWritten && node.nodeType === 'AsyncFunctionDef')) this.#wait(own.module, call, 'decorated');
        }
      } else if (own.calls.some((call) => this.calls.has(call))) {
        this.#makeAsync(module, node);
      }
    });
  }

  readonly #owned = new Map<Expression, OwnDecorator | null>();

  #own(module: PythonModule, decorator: Expression): OwnDecorator | null {
    let own = this.#owned.get(decorator);
    if (own === undefined) {
      own = ownDecorator(this.#flow, module, decorator);
      this.#owned.set(decorator, own);
    }
    return own;
  }

  #wait(module: PythonModule, call: Call, reason: Reason): void {
    const blocker = blockerOf(call);
    const poll = blocker === null ? null : pollAround(module, blocker);
    if (blocker !== null && blocker.nodeType === 'GeneratorExp' && isOnlyArgument(blocker)) {
      this.lists.set(blocker, { module });
    } else if (blocker !== null && poll === null) {
      this.#stop(module, call, blocker.nodeType === 'Lambda' ? 'in a lambda' : 'in a generator expression');
      return;
    }
    const owner = enclosingFunction(poll?.loop ?? call);
    if (reason === 'call' && owner !== null && runsWithoutLoop(this.#flow, owner)) {
      this.#run(module, call);
    } else if (owner !== null && this.isAsync(owner)) {
      this.#await(module, call, reason);
    } else if (owner !== null && (reason !== 'client' || isTestMethod(this.#flow, owner))) {
      if (!this.#makeAsync(module, owner)) {
        if (reason === 'client') this.#run(module, call);
        else this.#stop(module, call, `in ${owner.name}(), which cannot be asynchronous`);
        return;
      }
      this.#await(module, call, reason);
    } else if (owner !== null) {
      this.#pending.set(call, { module, owner });
    } else if (reason === 'client') {
      this.#run(module, call);
    } else {
      this.#stop(module, call, 'outside of a function');
    }
  }

  #await(module: PythonModule, call: Call, reason: Reason): void {
    this.calls.set(call, { module, how: 'await', reason });
    this.#changed = true;
    const blocker = blockerOf(call);
    const poll = blocker === null ? null : pollAround(module, blocker);
    if (poll !== null) this.polls.set(poll.loop, { module, poll });
  }

  // A function that asks a test client is asynchronous where those are that call it, and runs a loop of its own otherwise.
  #settlePending(): void {
    for (const [call, { module, owner }] of this.#pending) {
      if (!this.isAsync(owner) && !this.#isCalledFromAsync(owner)) continue;
      if (this.isAsync(owner) || this.#makeAsync(module, owner)) {
        this.#await(module, call, 'client');
        this.#pending.delete(call);
      }
    }
    if (this.#changed) return;
    for (const [call, { module }] of this.#pending) this.#run(module, call);
    this.#pending.clear();
  }

  #isCalledFromAsync(owner: FunctionDef): boolean {
    for (const module of this.#flow.program.modules.values()) {
      for (const call of factsOf(module).calls) {
        if (!this.#flow.callees(module, call).some(({ node }) => node === owner)) continue;
        const caller = enclosingFunction(call);
        if (caller !== null && (this.isAsync(caller) || isTestMethod(this.#flow, caller))) return true;
        if (caller !== null && caller !== owner && this.#isCalledFromAsync(caller)) return true;
      }
    }
    return false;
  }

  #run(module: PythonModule, call: Call): void {
    this.calls.set(call, { module, how: 'run', reason: 'client' });
    this.#changed = true;
  }

  #waitInLoop(module: PythonModule, loop: For | Comprehension): void {
    const owner = enclosingFunction(loop);
    if (owner === null || !(this.isAsync(owner) || this.#makeAsync(module, owner))) return;
    this.loops.set(loop, module);
    this.#changed = true;
  }

  // `for text in iter(ws.receive, 'quit')`
  #waitInPoll(module: PythonModule, loop: For | Comprehension, iter: Call): void {
    const poll = pollOf(module, loop);
    if (poll === null || this.polls.has(poll.loop)) return;
    const func = askedBy(poll, (call) => outsideName(this.#flow, module, call.func) === 'functools.partial');
    const owner = enclosingFunction(loop);
    if (owner !== null && this.functions.has(owner) && isWaiting(this.#flow, module, func)) {
      this.polls.set(poll.loop, { module, poll, inThread: true });
      this.#changed = true;
    }
    // The call that there will be.
    if (this.#reasonOf(module, { ...iter, func, args: [], keywords: [] }) === null) return;
    if (owner === null || !(this.isAsync(owner) || this.#makeAsync(module, owner))) return;
    this.polls.set(poll.loop, { module, poll });
    this.#changed = true;
  }

  #isAsyncGenerator(module: PythonModule, iter: Expression): boolean {
    if (iter.nodeType !== 'Call') return false;
    return this.#flow.callees(module, iter).some(({ node }) => this.functions.has(node) && isGenerator(node));
  }

  #makeAsync(module: PythonModule, node: FunctionDef): boolean {
    if (this.isAsync(node)) return true;
    if (!canBeAsync(node)) return false;
    this.functions.add(node);
    this.#changed = true;
    // An override of a method is called where the method is.
    const owner = node.parent;
    if (owner?.nodeType === 'ClassDef') {
      for (const other of this.#siblings(owner, node.name)) this.#makeAsync(module, other);
    }
    return true;
  }

  #siblings(owner: ClassDef, name: string): FunctionDef[] {
    if (name.startsWith('test')) return [];
    const { classes } = this.#flow;
    return classes.lineage(owner).flatMap((each) => classes.methods(each, name));
  }

  #stop(module: PythonModule, node: Node, why: string): void {
    this.stuck.set(node, { module, why });
  }

  // What asyncio is given is a coroutine already, or meant to be one.
  #isHandedOver(module: PythonModule, call: Call): boolean {
    const { parent } = call;
    const outer = parent?.nodeType === 'Starred' ? parent.parent : parent;
    if (outer?.nodeType !== 'Call' || outer.func === call) return false;
    if (outer.func.nodeType === 'Attribute' && TASK_METHODS.has(outer.func.attr)) return true;
    return this.#flow.program
      .meaningsOf(module, outer.func)
      .some((meaning) => meaning.kind === 'outside' && /^u?asyncio\./.test(libraryName(meaning.name)));
  }
}

const WEBSOCKET_METHODS: ReadonlySet<string> = new Set(['receive', 'send', 'close']);
const STREAM_METHODS: ReadonlySet<string> = new Set(['read', 'readline', 'readexactly', 'readuntil']);
const SYNC_WEBSOCKETS: ReadonlySet<string> = new Set(['microdot_websocket', 'microdot_websocket_alt']);
const TASK_METHODS: ReadonlySet<string> = new Set([
  'create_task',
  'ensure_future',
  'gather',
  'run_until_complete',
  'wait_for',
]);

// The lambda or generator expression that stands between a call and the function around it.
function blockerOf(call: Call): Node | null {
  for (let child: Node = call, at = call.parent; at !== null; child = at, at = at.parent) {
    if (isFunction(at) || at.nodeType === 'ClassDef') return null;
    if (at.nodeType === 'Lambda' && at.body === child) return at;
    // The first iterable is evaluated around it.
    if (
      at.nodeType === 'GeneratorExp' &&
      !(at.generators[0] === child && contains(at.generators[0].iter, call))
    )
      return at;
  }
  return null;
}

function contains(outer: Node, inner: Node): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

function isOnlyArgument(node: Node): node is ElementComprehension {
  return (
    node.nodeType === 'GeneratorExp' &&
    node.parent?.nodeType === 'Call' &&
    node.parent.args.length === 1 &&
    node.parent.keywords.length === 0 &&
    node.parent.args[0] === node
  );
}

// What these make of a function can not be waited for.
const STAYING: ReadonlySet<string> = new Set([
  'cached_property',
  'contextmanager',
  'fixture',
  'property',
  'setter',
]);

function canBeAsync(node: FunctionDef): boolean {
  if (/^__\w+__$/.test(node.name) || node.name === 'setUpClass' || node.name === 'tearDownClass')
    return false;
  if (isGenerator(node) && !canYieldAsynchronously(node)) return false;
  return !node.decorator_list.some((each) => {
    const name = each.nodeType === 'Name' ? each.id : each.nodeType === 'Attribute' ? each.attr : '';
    return STAYING.has(name);
  });
}

// An asynchronous generator has no `yield from`, and returns nothing.
function canYieldAsynchronously(node: FunctionDef): boolean {
  let is = yieldsOf(node).every((each) => each.nodeType === 'Yield');
  for (const statement of node.body) {
    walk(statement, (each) => {
      if (isFunction(each) || each.nodeType === 'Lambda' || each.nodeType === 'ClassDef') return false;
      if (each.nodeType === 'Return' && each.value) is = false;
      return true;
    });
  }
  return is;
}

// `return lines()`, `return lines(), 200`, `return Response(lines())`.
function isReturned(call: Call): boolean {
  for (let at = call.parent; at !== null; at = at.parent) {
    if (at.nodeType === 'Return') return true;
    if (at.nodeType !== 'Tuple' && at.nodeType !== 'Call' && at.nodeType !== 'Keyword') return false;
    if (at.nodeType === 'Call' && !(at.func.nodeType === 'Name' && at.func.id === 'Response')) return false;
  }
  return false;
}

/** The name of the first parameter of a function after `self`. */
export function firstParameter(node: FunctionDef): string | undefined {
  return parametersOf(node.args)[node.parent?.nodeType === 'ClassDef' ? 1 : 0]?.arg;
}
