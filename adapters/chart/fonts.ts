// Registers the fonts that ship with the product, so that a picture looks the same on every machine and Polish, Greek,
// Cyrillic, Vietnamese and Devanagari names have glyphs. One family name a subset: the canvas falls back along the list.

import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const subsets = ['latin', 'latin-ext', 'cyrillic', 'cyrillic-ext', 'greek', 'greek-ext', 'vietnamese', 'devanagari'];

/** The font-family list to draw with. */
export const fontFamily = [...subsets.map((subset) => `'TaskifAI ${subset}'`), 'sans-serif'].join(', ');

interface FontRegistry {
  registerFromPath(path: string, family: string): unknown;
}

/** Throws when a font file is missing: a picture of boxes is worse than none. */
export function registerFonts(registry: FontRegistry): void {
  const files = join(dirname(createRequire(import.meta.url).resolve('@fontsource/noto-sans/package.json')), 'files');
  for (const subset of subsets) {
    for (const weight of [400, 700]) {
      const path = join(files, `noto-sans-${subset}-${weight}-normal.woff2`);
      if (!registry.registerFromPath(path, `TaskifAI ${subset}`)) throw new Error(`The font ${path} cannot be read.`);
    }
  }
}
