import type { ClassInfo, FunctionInfo, ModuleInfo } from '../program.ts';
import { container, named, Type } from '../types/type.ts';
import type { Inference } from './infer.ts';

export function functionType(info: FunctionInfo): Type {
  return named('function', info, ` ${info.module.name}:${info.node.start}`);
}

export function classType(info: ClassInfo): Type {
  return named(info.node.name, info, ` ${info.module.name}:${info.node.start}`);
}

export function instanceType(info: ClassInfo): Type {
  return Type.of({
    kind: 'instance',
    key: `instance ${info.node.name} ${info.module.name}:${info.node.start}`,
    name: info.node.name,
    owner: info,
  });
}

export function moduleType(info: ModuleInfo): Type {
  return named(info.name, info, ' module');
}

/** What a call of a coroutine function gives. */
export function resultType(infer: Inference, info: FunctionInfo): Type {
  if (info.isGenerator)
    return infer.once(info.node, 'result', () =>
      container(info.isCoroutine ? 'asyncIterator' : 'iterator', info.yields),
    );
  return info.isCoroutine
    ? infer.once(info.node, 'result', () => container('promise', info.returns))
    : info.returns;
}
