// The product list on the command line: what is known, what waits to be matched, a person's word, a list that comes in.

import type { ListedProduct } from '../../clean/products/listed.ts';
import { AppError } from '../../errors.ts';
import type { Message } from '../../message/message.ts';
import type { Ports, Principal } from '../../ports.ts';
import {
  importProducts,
  matchProduct,
  textOf,
  type UnmatchedName,
  unmatchedNames,
} from '../../usecases/reference/products.ts';
import type { ListFile } from '../../usecases/reference/read-rows.ts';
import type { VendorDefinition } from '../../vendors/vendor.ts';
import type { Reply } from '../ingest.ts';
import { refusedBlocks, said } from './replies.ts';

/** Whoever may ask questions may see the list: it is part of every answer. */
export async function products(ports: Pick<Ports, 'catalogue'>): Promise<Reply> {
  const listed = await ports.catalogue.products();
  const document = listed.map((product) => ({
    ean: product.ean,
    functional_name: product.functionalName,
    name: product.name,
    brand: product.brand,
    list_price: product.listPrice,
    confirmed: product.confirmed,
    aliases: product.aliases,
  }));
  const rows = document.map(({ aliases, confirmed, ...product }) => ({
    ...product,
    confirmed: confirmed ? 'yes' : 'no',
    aliases: aliases.map(({ vendor, text }) => `${vendor}: ${text}`).join('; '),
  }));
  const message: Message = {
    title: 'Products',
    blocks: [
      {
        kind: 'table',
        columns: [
          { key: 'ean', label: 'EAN', kind: 'text' },
          { key: 'functional_name', label: 'Code', kind: 'text' },
          { key: 'name', label: 'Name', kind: 'text' },
          { key: 'brand', label: 'Brand', kind: 'text' },
          { key: 'confirmed', label: 'Confirmed', kind: 'text' },
          { key: 'aliases', label: 'Also called', kind: 'text' },
        ],
        rows,
      },
    ],
  };
  return { document, message, failed: false };
}

/** Names in files that nobody has matched yet, most units first. */
export async function unmatched(ports: Pick<Ports, 'catalogue' | 'audit'>, by: Principal): Promise<Reply> {
  const names = await unmatchedNames(ports, by);
  const document = names.map(unmatchedDocument);
  if (names.length === 0) return said(document, 'Every stored row has its product.');
  const rows = document.map(({ suggestions, from, to, text, ...name }) => ({
    ...name,
    text,
    months: from === to ? from : `${from} to ${to}`,
    suggestions: suggestions.map((each) => each.ean ?? each.functional_name ?? '').join(', '),
  }));
  const message: Message = {
    title: 'Products to be matched',
    blocks: [
      {
        kind: 'table',
        columns: [
          { key: 'vendor', label: 'Vendor', kind: 'text' },
          { key: 'text', label: 'In the file', kind: 'text' },
          { key: 'code', label: 'Code', kind: 'text' },
          { key: 'quantity', label: 'Units', kind: 'number', format: 'integer' },
          { key: 'amount', label: 'Amount', kind: 'number', format: 'decimal' },
          { key: 'currency', label: 'Currency', kind: 'text' },
          { key: 'months', label: 'Months', kind: 'text' },
          { key: 'suggestions', label: 'Perhaps', kind: 'text' },
        ],
        rows,
      },
      { kind: 'context', text: 'taskifai product match "IN THE FILE" EAN --vendor VENDOR says which product it is.' },
    ],
  };
  return { document, message, failed: false };
}

function unmatchedDocument(name: UnmatchedName) {
  const { vendor, productInFile, quantity, amount, currency, rows, uploads, from, to, suggestions } = name;
  const text = textOf(name);
  const code = productInFile !== null && productInFile !== text ? productInFile.split('\n').join(' / ') : null;
  return {
    vendor,
    text,
    code,
    rows,
    quantity,
    amount,
    currency,
    from,
    to,
    uploads,
    suggestions: suggestions.map(brief),
  };
}

function brief({ ean, functionalName, name }: ListedProduct) {
  return { ean, functional_name: functionalName, name };
}

export async function productMatch(
  ports: Pick<Ports, 'catalogue' | 'audit'>,
  definitions: VendorDefinition[],
  match: { text: string; vendor: string; product: string },
  by: Principal,
): Promise<Reply> {
  if (!definitions.some(({ id }) => id === match.vendor)) {
    throw new AppError('DATA_INVALID', { reason: `there is no vendor ${match.vendor} (taskifai vendors lists them)` });
  }
  const { product, rows } = await matchProduct(ports, match, by);
  const called = [product.functionalName ?? product.name, product.ean].filter(Boolean).join(', EAN ');
  const stored = rows === 0 ? 'No stored row changes' : `${rows} stored ${rows === 1 ? 'row has' : 'rows have'} it now`;
  const sentence = `For ${match.vendor}, "${match.text}" is ${called}. ${stored}, and files to come will.`;
  return said({ vendor: match.vendor, text: match.text, product: brief(product), rows }, sentence);
}

export async function productsImport(
  ports: Pick<Ports, 'catalogue' | 'sheets' | 'audit'>,
  definitions: VendorDefinition[],
  file: ListFile,
  by: Principal,
): Promise<Reply> {
  const done = await importProducts(
    ports,
    file,
    definitions.map(({ id }) => id),
    by,
  );
  const { added, changed, unchanged, refused, rows } = done;
  const counts = `${added} added, ${changed} changed, ${unchanged} as before, ${refused.length} refused`;
  const reply = said(done, `${file.name}: ${counts}. ${rows} stored rows have another product now.`);
  reply.message.blocks.push(...refusedBlocks(refused));
  return { ...reply, failed: added + changed + unchanged === 0 };
}
