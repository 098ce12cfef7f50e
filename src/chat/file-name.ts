// The name that somebody's machine gave a file -> the name that is stored, shown and read for its vendor and month: a base
// name of at most 255 characters, with its ending. Folders, control characters and characters nobody can see are gone.
// Nothing is refused here; what only dots would be called is called `unnamed`.

const longest = 255;

/** Never empty, never a path; cleaning twice changes nothing. Markup is kept, as renderers escape it. */
export function cleanFileName(given: string): string {
  const visible = given
    .toWellFormed()
    .replace(/[\t-\r\u0085\p{Zl}\p{Zp}]/gu, ' ')
    // Among them the marks that turn the direction of reading, so that "xslx.exe" cannot be shown as "exe.xlsx".
    .replace(/[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]/gu, '')
    .normalize('NFC');
  const bare = withoutDrive(lastPart(visible));
  return shortened(notADevice(named(bare)));
}

function lastPart(path: string): string {
  return path.split(/[\\/]/).map(trimmed).filter(Boolean).at(-1) ?? '';
}

/** Windows drops dots and spaces at the end of a name, so that `a.exe. ` would become `a.exe` there. */
function trimmed(name: string): string {
  return name.trim().replace(/[.\s]+$/u, '');
}

/** `C:report.xlsx` is a path, and `report.xlsx:hidden` a second stream of one file. */
function withoutDrive(name: string): string {
  return trimmed(name.replace(/^[a-z]:/i, '').replaceAll(':', '-'));
}

function named(name: string): string {
  const ending = endingOf(name);
  const stem = name.slice(0, name.length - ending.length);
  return /^[.\s]*$/u.test(stem) ? `unnamed${ending}` : name;
}

/** Windows opens a device for these names, whatever their ending. */
function notADevice(name: string): string {
  return /^(con|prn|aux|nul|com[\d¹²³]|lpt[\d¹²³]|con(in|out)\$|clock\$)\s*(\.|$)/i.test(name) ? `_${name}` : name;
}

function shortened(name: string): string {
  if (name.length <= longest) return name;
  const ending = endingOf(name);
  const stem = name.slice(0, longest - ending.length);
  // A cut through a pair of surrogates would leave half a character.
  const whole = stem.isWellFormed() ? stem : stem.slice(0, -1);
  return ending === '' ? trimmed(whole) : whole + ending;
}

/** With its dot; empty when there is none, or none that a program would give. */
function endingOf(name: string): string {
  return /\.[^.\s]{1,20}$/u.exec(name)?.[0] ?? '';
}
