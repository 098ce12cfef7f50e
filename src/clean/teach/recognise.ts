// The beginning of a workbook into the vendor whose layout it has, where people have taught layouts beside those that ship
// with the product. A shipped definition comes first: a taught one never takes a file that it claims, or might claim.

import type { VendorDefinition } from '../../vendors/vendor.ts';
import { type Detection, detect, detectAs } from '../detect.ts';
import type { WorkbookHead } from '../sheet.ts';

/** Every layout that is known, those that ship with the product apart from those that were taught. */
export interface KnownLayouts {
  shipped: VendorDefinition[];
  taught: VendorDefinition[];
}

export function recognise(head: WorkbookHead, { shipped, taught }: KnownLayouts): Detection {
  const first = detect(head, shipped);
  if (taught.length === 0 || (first.vendor !== null && !first.vendor.detect.fallback)) return first;
  const all = detect(head, [...shipped, ...taught]);
  if (all.vendor === null || !taught.includes(all.vendor) || all.vendor.detect.identity_required) return all;
  // What lies before us is the whole layout of another vendor too, and nothing names either of them.
  return lookAlikes(head, shipped).length === 0 ? all : { ...all, outcome: 'unsure', vendor: null, sheet: null };
}

/** Vendors whose table the workbook holds as well, going by headings that are theirs. */
export function lookAlikes(head: WorkbookHead, vendors: VendorDefinition[]): VendorDefinition[] {
  return vendors.filter(
    (vendor) =>
      !vendor.detect.fallback &&
      Object.values(vendor.columns).some(({ required, headings }) => required && headings.length > 0) &&
      detectAs(head, vendor).outcome === 'recognised',
  );
}
