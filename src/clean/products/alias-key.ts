// What a vendor calls a product -> the form under which two such texts are the same: blanks, case and the blank before a
// unit do not count. Nothing else is forgiven: one figure more or less is another product.

import { squash } from '../values/text.ts';

/** ` Soap\u00a0 100 ML` gives `soap 100ml`; empty for a text of blanks. */
export function aliasKey(text: string): string {
  return squash(text.normalize('NFC'))
    .toLowerCase()
    .replace(/(?<=\d) (?=(?:ml|cl|l|g|gr|kg|oz|pcs)(?![\p{L}\p{N}]))/gu, '');
}
