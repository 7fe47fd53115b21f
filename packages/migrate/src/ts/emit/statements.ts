import type { Return, Statement } from '../../python/tree.ts';
import type { Doc } from '../doc.ts';
import { emitAnnotated, emitAssign } from './assignments.ts';
import { emitTry } from './attempts.ts';
import { emitAugmented } from './augmented.ts';
import { emitIf } from './branches.ts';
import { emitClass } from './classes.ts';
import { emitWith } from './contexts.ts';
import { emitFunction } from './definitions.ts';
import { emitDelete } from './deletions.ts';
import { emitExpressionStatement } from './expressionStatements.ts';
import { emitFor, emitWhile } from './loops.ts';
import { emitMatchStatement } from './match.ts';
import { condition } from './operators.ts';
import { emitReturn } from './returns.ts';
import type { Writer } from './writer.ts';

export function emitStatement(w: Writer, node: Statement): Doc[] | undefined {
  const { e } = w;
  switch (node.nodeType) {
    case 'Expr':
      return emitExpressionStatement(w, node.value);
    case 'Assign':
      return emitAssign(w, node);
    case 'AnnAssign':
      return emitAnnotated(w, node);
    case 'AugAssign':
      return emitAugmented(w, node);
    case 'Return':
      return [emitReturn(e, node as Return)];
    case 'If':
      return emitIf(w, node);
    case 'While':
      return emitWhile(w, node);
    case 'For':
    case 'AsyncFor':
      return emitFor(w, node);
    case 'Try':
      return emitTry(w, node);
    case 'With':
    case 'AsyncWith':
      return emitWith(w, node);
    case 'Raise': {
      if (!node.exc) return [`throw ${e.caught};`];
      const atom = e.type(node.exc).single;
      if (atom?.kind === 'named' && node.exc.nodeType !== 'Call')
        return [['throw new ', e.expression(node.exc).doc, '();']];
      return [['throw ', e.expression(node.exc).doc, ';']];
    }
    case 'Assert': {
      const message = node.msg ? e.expression(node.msg).doc : '';
      return [
        [
          'if (',
          condition(e, node.test, true).doc,
          ') throw new ',
          e.py('AssertionError').doc,
          '(',
          message,
          ');',
        ],
      ];
    }
    case 'Delete':
      return node.targets.map((target) => emitDelete(e, target));
    case 'FunctionDef':
    case 'AsyncFunctionDef':
      return emitFunction(w, node);
    case 'ClassDef':
      return emitClass(w, node);
    case 'Break':
      return e.brokenFlag === undefined ? ['break;'] : [`${e.brokenFlag} = true;`, 'break;'];
    case 'Continue':
      return ['continue;'];
    case 'Match':
      return emitMatchStatement(w, node);
    case 'Pass':
    case 'Import':
    case 'ImportFrom':
    case 'Global':
    case 'Nonlocal':
      return undefined;
    default:
      return e.refuse();
  }
}
