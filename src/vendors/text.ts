// A vendor definition as it is written down: YAML that a person can read and correct, lists of words on one line.

import { Document, isCollection, visit } from 'yaml';

/** @param comment a line or more for the head of the file */
export function vendorText(definition: object, comment: string): string {
  const document = new Document(JSON.parse(JSON.stringify(definition)));
  document.commentBefore = comment
    .split('\n')
    .map((line) => ` ${line}`)
    .join('\n');
  visit(document, {
    Collection(_key, node, path) {
      // Below the first level, what holds no further collections but lists of words goes on one line.
      if (path.length >= 3 && depth(node) <= 2) {
        node.flow = true;
        return visit.SKIP;
      }
      return undefined;
    },
  });
  return document.toString({ lineWidth: 160, flowCollectionPadding: true });
}

function depth(node: unknown): number {
  if (!isCollection(node)) return 0;
  const inner = node.items.map((item) =>
    depth(typeof item === 'object' && item !== null && 'value' in item ? item.value : item),
  );
  return 1 + Math.max(0, ...inner);
}
