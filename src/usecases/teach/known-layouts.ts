// The definitions that ship with the product and those that people have taught, as they are at this moment: what another
// process has learnt counts for the next file.

import type { KnownLayouts } from '../../clean/teach/recognise.ts';
import type { Ports } from '../../ports.ts';
import { parseVendor, type VendorDefinition } from '../../vendors/vendor.ts';

/** A taught definition that this version of the product cannot read any more is left out, and said so in the log. */
export async function knownLayouts(
  ports: Pick<Ports, 'layouts' | 'observer'>,
  shipped: VendorDefinition[],
): Promise<KnownLayouts> {
  const taught: VendorDefinition[] = [];
  for (const { id, version, yaml } of await ports.layouts.newest()) {
    const source = `${id}, version ${version}`;
    // What the product ships with decides, should it come to know a vendor that was taught before.
    if (shipped.some((vendor) => vendor.id === id)) continue;
    try {
      taught.push(parseVendor(yaml, source));
    } catch {
      ports.observer.record({ kind: 'warning', what: `The taught layout ${source} cannot be read and is left out.` });
    }
  }
  return { shipped, taught };
}

/** All of them, as one list. */
export async function allVendors(
  ports: Pick<Ports, 'layouts' | 'observer'>,
  shipped: VendorDefinition[],
): Promise<VendorDefinition[]> {
  const known = await knownLayouts(ports, shipped);
  return [...known.shipped, ...known.taught];
}
