// A set of text hashes in a flat array: 500,000 of them take 8 MB and nothing for the garbage collector to walk through.

/** Two 32-bit multiplicative hashes of a text as one positive safe integer. */
export function hash53(text: string): number {
  let high = 0x9e3779b9;
  let low = 0x85ebca6b;
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    high = Math.imul(high ^ code, 0x9e3779b1);
    low = Math.imul(low ^ code, 0x5f356495);
  }
  high ^= low >>> 15;
  low ^= high >>> 13;
  return (high >>> 11) * 4294967296 + (low >>> 0) + 1;
}

export class HashSet {
  /** Open addressing; 0 is an empty place. */
  #places = new Float64Array(1024);
  #size = 0;

  /** @param hash of `hash53`; @returns whether it was not there yet */
  add(hash: number): boolean {
    if (this.#size * 2 >= this.#places.length) this.#grow();
    if (!place(this.#places, hash)) return false;
    this.#size += 1;
    return true;
  }

  #grow(): void {
    const larger = new Float64Array(this.#places.length * 2);
    for (const hash of this.#places) if (hash !== 0) place(larger, hash);
    this.#places = larger;
  }
}

function place(places: Float64Array, hash: number): boolean {
  const mask = places.length - 1;
  for (let at = hash & mask; ; at = (at + 1) & mask) {
    if (places[at] === hash) return false;
    if (places[at] === 0) {
      places[at] = hash;
      return true;
    }
  }
}
