import type { TSESTree } from '@typescript-eslint/types';
import { parseSync } from 'oxc-parser';
import { MigrateError } from '../errors.ts';
import { LineTable } from '../python/lines.ts';
import { refuseDeep } from './depth.ts';

/** A property of a JSON file: where key and value stand. */
export interface JsonProperty {
  readonly key: string;
  readonly range: [number, number];
  readonly keyRange: [number, number];
  readonly value: JsonValue;
}

/** A value of a JSON file. `properties` are those of an object, `items` those of an array. */
export interface JsonValue {
  readonly range: [number, number];
  readonly text?: string;
  readonly properties?: readonly JsonProperty[];
  readonly items?: readonly JsonValue[];
}

/**
 * Reads JSON, comments and trailing commas included: all of that is an expression of JavaScript, so the parser for that
 * says where everything stands.
 *
 * @throws MigrateError `SYNTAX` with line and column.
 */
export function parseJson(source: string, file: string): JsonValue {
  refuseDeep(source, file);
  const { program, errors } = parseSync('json.js', `(${source}\n)`, { lang: 'js', range: true });
  const lines = new LineTable(source);
  const statement = program.body[0] as unknown as TSESTree.Statement | undefined;
  if (errors[0] || statement?.type !== 'ExpressionStatement') {
    const place = lines.position(Math.max(0, (errors[0]?.labels[0]?.start ?? 1) - 1));
    throw new MigrateError('SYNTAX', errors[0]?.message ?? 'This is no JSON', { file, ...place });
  }
  let { expression } = statement as { expression: TSESTree.Expression | ParenthesizedExpression };
  while (expression.type === 'ParenthesizedExpression') expression = expression.expression;
  return toValue(expression);
}

interface ParenthesizedExpression {
  type: 'ParenthesizedExpression';
  expression: TSESTree.Expression;
}

/** The value of a property, found by the names that lead to it. */
export function valueAt(value: JsonValue | undefined, ...path: string[]): JsonValue | undefined {
  let current = value;
  for (const name of path) current = current?.properties?.find(({ key }) => key === name)?.value;
  return current;
}

function toValue(node: TSESTree.Node): JsonValue {
  const range = shifted(node);
  if (node.type === 'Literal' && typeof node.value === 'string') return { range, text: node.value };
  if (node.type === 'ArrayExpression') {
    return { range, items: node.elements.flatMap((item) => (item ? [toValue(item)] : [])) };
  }
  if (node.type !== 'ObjectExpression') return { range };
  const properties = node.properties.flatMap((property): JsonProperty[] =>
    property.type === 'Property' && property.key.type === 'Literal'
      ? [
          {
            key: String(property.key.value),
            range: shifted(property),
            keyRange: shifted(property.key),
            value: toValue(property.value),
          },
        ]
      : [],
  );
  return { range, properties };
}

/** Without the parenthesis before it. */
function shifted(node: TSESTree.Node): [number, number] {
  return [node.range[0] - 1, node.range[1] - 1];
}
