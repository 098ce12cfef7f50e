// The definitions that ship with the product and those that people have taught, as they are at this moment: what another
// process has learnt counts for the next file.

import type { KnownLayouts } from '../../clean/teach/recognise.ts';
import type { Ports } from '../../ports.ts';
import { parseVendor, type VendorDefinition } from '../../vendors/vendor.ts';

/** Texts as definitions, since reading one takes half a millisecond; null where it cannot be read. What is newest no more is forgotten. */
let remembered = new Map<string, VendorDefinition | null>();

/** A taught definition that this version of the product cannot read any more is left out, and said so in the log. */
export async function knownLayouts(
  ports: Pick<Ports, 'layouts' | 'observer'>,
  shipped: VendorDefinition[],
): Promise<KnownLayouts> {
  const newest = await ports.layouts.newest();
  const before = remembered;
  remembered = new Map();
  const taught: VendorDefinition[] = [];
  for (const { id, version, yaml } of newest) {
    // What the product ships with decides, should it come to know a vendor that was taught before.
    if (shipped.some((vendor) => vendor.id === id)) continue;
    const known = before.get(yaml);
    const vendor = known === undefined ? read(yaml, `${id}, version ${version}`, ports) : known;
    remembered.set(yaml, vendor);
    if (vendor) taught.push(vendor);
  }
  return { shipped, taught };
}

function read(yaml: string, source: string, { observer }: Pick<Ports, 'observer'>): VendorDefinition | null {
  try {
    return parseVendor(yaml, source);
  } catch {
    observer.record({ kind: 'warning', what: `The taught layout ${source} cannot be read and is left out.` });
    return null;
  }
}

/** All of them, as one list. */
export async function allVendors(
  ports: Pick<Ports, 'layouts' | 'observer'>,
  shipped: VendorDefinition[],
): Promise<VendorDefinition[]> {
  const known = await knownLayouts(ports, shipped);
  return [...known.shipped, ...known.taught];
}
