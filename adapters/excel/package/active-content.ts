// A package -> refused when anything in it could run: macros, macro sheets, embedded programs, OLE objects, ActiveX.
// Judged by content type, by relationship and by name, as each can be renamed alone. A macro-free .xlsm passes.

import type { Parts } from './parts.ts';
import { Refusal } from './refusal.ts';

const activeTypes = /vbaproject|macrosheet|activex|oleobject|officedocument\.package|x-msdownload|attachedtoolbars/i;
const activeRelationships =
  /^(vbaproject|vbaprojectsignature.*|xlmacrosheet|xlintlmacrosheet|oleobject|package|control|activexcontrolbinary|attachedtoolbars|wordvbadata)$/;
const activeNames =
  /(^|\/)(vbaproject[^/]*\.bin|vbadata\.xml)$|(^|\/)(macrosheets|activex|embeddings)\/|\.(exe|dll|com|scr|bat|cmd|ps1|vbs|js|jar|msi|lnk|hta)$/;

/** Throws UPLOAD_MACROS. Returns whether any relationship leads to another workbook. */
export async function refuseActiveContent(parts: Parts): Promise<{ externalLinks: boolean }> {
  const names = parts.names().filter((name) => !name.endsWith('/'));
  if (names.some((name) => activeNames.test(name))) throw new Refusal('UPLOAD_MACROS');
  await checkContentTypes(parts, names);
  let externalLinks = false;
  for (const name of names) {
    if (!/(^|\/)_rels\/[^/]*\.rels$/.test(name)) continue;
    for (const { type } of await parts.relationshipsIn(name)) {
      if (activeRelationships.test(type)) throw new Refusal('UPLOAD_MACROS');
      if (type === 'externallink') externalLinks = true;
    }
  }
  return { externalLinks };
}

async function checkContentTypes(parts: Parts, names: string[]): Promise<void> {
  const overridden = new Set<string>();
  const activeDefaults: string[] = [];
  await parts.read('[content_types].xml', {
    open(name, attributes) {
      const type = attributes.get('ContentType') ?? '';
      const part = (attributes.get('PartName') ?? '').replace(/^\//, '').toLowerCase();
      if (name === 'Override') {
        overridden.add(part);
        if (activeTypes.test(type)) throw new Refusal('UPLOAD_MACROS');
      }
      if (name === 'Default' && activeTypes.test(type))
        activeDefaults.push(`.${(attributes.get('Extension') ?? '').toLowerCase()}`);
    },
    close() {},
    text() {},
  });
  // A default says something only about parts that are there and have no type of their own.
  const hit = names.some((name) => !overridden.has(name) && activeDefaults.some((ending) => name.endsWith(ending)));
  if (hit) throw new Refusal('UPLOAD_MACROS');
}
